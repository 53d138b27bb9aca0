// What scripts add to pages that work without one: a remembered language, "New" on a card, and filters on a list.

import { markNew } from "./cards.js";
import { rememberLanguage } from "./languages.js";

rememberLanguage();

const form = document.querySelector("form.filters");
if (form) {
  markNew(document.querySelectorAll("time.posted"), form.dataset.new);

  const toggle = form.querySelector(".toggle");
  toggle.addEventListener("click", () => {
    toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  });

  // The countries stand on the first page of the list, so that one can be chosen before the index is there.
  const { country } = form.elements;
  for (const link of document.querySelectorAll(".countries a")) {
    country.add(new Option(link.textContent, link.getAttribute("href").split("/").at(-2)));
  }

  // What filters needs the index of all postings: it is fetched when somebody comes near a field, or has asked already.
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    const list = fetch(`${form.dataset.root}list.json`); // at the same time as the scripts that read it
    list.catch(() => {}); // they tell
    for (const name of ["choices", "list", "search"]) import(`./${name}.js`); // which it would ask for one after the other
    import("./filters.js").then(filters => filters.start(form, list));
  };
  for (const near of [form, document.querySelector(".sort")].filter(Boolean)) {
    for (const event of ["pointerover", "pointerdown", "focusin", "input"]) near.addEventListener(event, start, { once: true });
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    start();
  });
  if (location.search) start();
}

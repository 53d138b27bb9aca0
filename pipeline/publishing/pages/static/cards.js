// The cards of a list: made of what the list says of a posting in the form that the page's template has, marked as new, with excerpts.

import { means, wordsOf } from "./words.js";

const DAY = 86_400_000;
const NEW_DAYS = 7;
const SLASH = /(?<=[\p{L}\p{N}_]{3})\/(?=[\p{L}\p{N}_]{3})/u;

// How many days ago a day was, by the reader's calendar.
export const daysSince = iso => {
  const now = new Date();
  return Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.parse(iso)) / DAY);
};

export const markNew = (days, word) => {
  for (const posted of days) {
    const age = daysSince(posted.dateTime);
    if (age < 0 || age > NEW_DAYS) continue;
    const mark = document.createElement("span");
    mark.className = "new";
    mark.textContent = word;
    posted.after(" ", mark);
  }
};

const fill = (card, selector, text, day) => {
  const part = card.querySelector(selector);
  if (!text) {
    (part?.closest(".facts > li") ?? part)?.remove();
  } else if (part) {
    part.textContent = text;
    if (day) part.dateTime = day;
  }
};

export const cardOf = (texts, template, root) => {
  const card = template.content.querySelector(".card").cloneNode(true);
  const link = card.querySelector("h3 a");
  link.setAttribute("href", `${root}postings/${texts.slug}.html`);
  link.replaceChildren(...texts.title.split(SLASH).flatMap((part, at) => (at ? ["/", document.createElement("wbr"), part] : [part])));
  if (texts.language) [link.lang, link.dir] = texts.language;
  const [label, kind] = texts.label;
  fill(card, ".employer", texts.employer);
  fill(card, ".place", texts.place);
  fill(card, ".remote", texts.remote);
  fill(card, ".pay", texts.pay);
  fill(card, ".types", texts.types);
  fill(card, "time.posted", texts.posted[1], texts.posted[0]);
  fill(card, "time.edited", texts.edited[1], texts.edited[0]);
  fill(card, "time.apply", texts.closes[1], texts.closes[0]);
  if (kind !== 1) card.querySelector(".label.by-person")?.replaceWith(Object.assign(document.createElement("li"), { className: "label" }));
  fill(card, ".label", label);
  return card;
};

const BEFORE = 8;
const AFTER = 20;
const LONGEST_PIECE = 30; // a longer one is of a script without spaces, and is cut by letters

const pieces = text =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(piece => (piece.length > LONGEST_PIECE ? piece.match(/.{1,2}/gsu) : [piece]).map((part, at) => [part, at > 0]));

// The part of a text around the first word that was asked for, the words marked.
export const excerptOf = (text, words) => {
  const all = pieces(text);
  const hit = ([piece]) => wordsOf(piece).some(word => words.some(asked => means(asked, word)));
  const first = all.findIndex(hit);
  if (first < 0) return [];
  const start = Math.max(0, first - BEFORE);
  const shown = all.slice(start, first + AFTER).flatMap(piece => {
    const part = hit(piece) ? document.createElement("mark") : document.createTextNode(piece[0]);
    part.textContent = piece[0];
    return piece[1] ? [part] : [" ", part];
  });
  return [start ? "…" : "", ...shown, first + AFTER < all.length ? " …" : ""];
};

// Texts are not in the index: that of a posting is read from its page, once its card comes into sight.
export const excerpts = (words, language) =>
  new IntersectionObserver((entries, observer) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const { href } = target.closest(".card").querySelector("h3 a");
      fetch(href)
        .then(answer => answer.text())
        .then(page => {
          const body = new DOMParser().parseFromString(page, "text/html").querySelector(".body");
          for (const part of body.querySelectorAll("[data-pagefind-ignore]")) part.remove();
          for (const run of body.querySelectorAll("bdi")) {
            run.prepend(run.dir === "ltr" ? "\u2066" : "\u2068"); // it keeps its direction as plain text
            run.append("\u2069");
          }
          for (const block of body.querySelectorAll("p, li, h2, h3, h4, h5, h6")) block.append(" ");
          target.lang = body.lang || language;
          target.dir = body.dir;
          target.replaceChildren(...excerptOf(body.textContent, words));
        })
        .catch(() => target.remove());
    }
  });

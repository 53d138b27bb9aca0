// What scripts add to pages that work without one: a remembered language, and filters on the list.
"use strict";

(() => {
  const CHOICE = "polypost.language";
  const pageLanguage = document.documentElement.lang;

  // Storage may be forbidden; then nothing is remembered.
  const remembered = () => {
    try {
      return localStorage.getItem(CHOICE);
    } catch {
      return null;
    }
  };
  const remember = language => {
    try {
      localStorage.setItem(CHOICE, language);
    } catch {
      // Nothing to do: the page is the same without it.
    }
  };

  // The language that was chosen last, else the browser's first one that there is.
  const wantedAmong = languages => {
    const chosen = remembered();
    if (chosen) return chosen;
    for (const tag of navigator.languages) {
      const base = language => language.split("-")[0];
      const found = languages.find(language => language === tag) || languages.find(language => base(language) === base(tag));
      if (found) return found;
    }
    return null;
  };

  const offerLanguages = () => {
    const offers = [...document.querySelectorAll(".offer")];
    const wanted = wantedAmong([pageLanguage, ...offers.map(offer => offer.lang)]);
    for (const offer of offers) offer.hidden = offer.lang !== wanted;
    const cards = [...document.querySelectorAll(".choice > [data-language]")];
    const card = cards.find(each => each.dataset.language === wantedAmong(cards.map(each => each.dataset.language)));
    if (!card) return;
    card.parentNode.prepend(card);
    card.querySelector(".hint").hidden = remembered() !== card.dataset.language;
  };

  document.addEventListener("click", event => {
    const chosen = event.target.closest("[data-choose]");
    if (!chosen) return;
    remember(chosen.dataset.choose);
    if (chosen.tagName === "BUTTON") offerLanguages();
  });
  addEventListener("pageshow", offerLanguages);

  // A large version is listed in pages. Its cards lie in files, newest first, which are fetched when somebody filters,
  // one after the other until enough of them match.
  function startPages(file, read) {
    const STEP = 30;
    const results = document.querySelector("#results");
    const listed = document.querySelector("#all");
    const more = results.querySelector("button");
    const cards = [];
    let following = file;
    let loading = null;
    let wanted = STEP;
    let run = 0;

    const load = async () => {
      try {
        const page = await (await fetch(following)).json();
        const parsed = new DOMParser().parseFromString(page.cards.join(""), "text/html");
        cards.push(...[...parsed.querySelectorAll(".card")].map(read));
        following = page.next;
      } catch {
        following = null; // what is there already is shown
      }
      loading = null;
    };

    const show = async (filtered, matches, tell) => {
      const own = (run += 1);
      listed.hidden = filtered;
      results.hidden = !filtered;
      const found = [];
      for (let at = 0; filtered && found.length <= wanted; at += 1) {
        while (at === cards.length && following) {
          await (loading ??= load());
          if (own !== run) return;
        }
        if (at === cards.length) break;
        if (matches(cards[at])) found.push(cards[at]);
      }
      more.hidden = found.length <= wanted;
      const shown = found.slice(0, wanted);
      results.querySelector(".cards").replaceChildren(...shown.map(each => each.card));
      tell(shown.length, filtered, more.hidden ? "" : "+");
    };

    let last = [];
    more.addEventListener("click", () => {
      wanted += STEP;
      show(...last);
    });
    return (...asked) => {
      last = asked;
      wanted = STEP;
      show(...asked);
    };
  }

  const form = document.querySelector("form.filters");
  if (form) startFilters(form);

  function startFilters(form) {
    const output = form.elements.found;
    const plural = new Intl.PluralRules(pageLanguage);
    const figures = new Intl.NumberFormat(pageLanguage, { numberingSystem: "latn" });
    const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const read = card => ({
      card,
      text: plain(card.textContent),
      types: card.dataset.types.split(" "),
      groups: (card.dataset.groups ?? "").split(" "),
      remote: "remote" in card.dataset,
      page: card.querySelector("a").getAttribute("href").split("/").pop(),
    });
    for (const link of document.querySelectorAll(".countries a")) {
      const id = link.getAttribute("href").replace(/^#|\.html$/g, "");
      form.elements.country.add(new Option(link.textContent, id));
    }
    const inPages = form.dataset.cards ? startPages(form.dataset.cards, read) : null;
    const groups = [...document.querySelectorAll(inPages ? "none" : "main section")].map(section => ({
      section,
      jump: document.querySelector(`.countries a[href="#${section.id}"]`).closest("li"),
      cards: [...section.querySelectorAll(".card")].map(read),
    }));
    const fields = ["q", "country", "type", "remote"].map(name => form.elements[name]).filter(Boolean);
    const value = field => (field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim());
    let inFullText = new Set();

    const show = () => {
      const { q = "", country = "", type = "", remote = "" } = Object.fromEntries(
        fields.map(field => [field.name, value(field)]),
      );
      const words = plain(q).split(/\s+/).filter(Boolean);
      const matches = each =>
        (!type || each.types.includes(type)) &&
        (!remote || each.remote) &&
        (words.every(word => each.text.includes(word)) || inFullText.has(each.page));
      const filtered = Boolean(q || country || type || remote);
      if (inPages) {
        inPages(filtered, each => (!country || each.groups.includes(country)) && matches(each), tell);
        return;
      }
      const found = new Set();
      for (const { section, jump, cards } of groups) {
        let count = 0;
        for (const each of cards) {
          each.card.hidden = !((!country || section.id === country) && matches(each));
          if (each.card.hidden) continue;
          count += 1;
          found.add(each.page);
        }
        section.hidden = jump.hidden = count === 0;
        jump.querySelector(".count").textContent = figures.format(count);
      }
      tell(found.size, filtered);
    };

    // Nobody is told a number that the answer of the full text will change.
    const tell = (count, filtered, more = "") => {
      form.elements.clear.hidden = !filtered;
      if (output.ariaBusy === "true") return;
      const text = output.dataset[count ? plural.select(count) : "none"] ?? output.dataset.other;
      output.value = filtered ? text.replace("#", figures.format(count) + more) : "";
    };

    const address = () => {
      const url = new URL(location.href);
      for (const field of fields) {
        if (value(field)) url.searchParams.set(field.name, value(field).replace(/^country-/, ""));
        else url.searchParams.delete(field.name);
      }
      return url;
    };

    const readAddress = () => {
      const asked = new URLSearchParams(location.search);
      for (const field of fields) {
        const wanted = asked.get(field.name) ?? "";
        if (field.type === "checkbox") field.checked = wanted !== "";
        else if (field.type === "search") field.value = wanted;
        else {
          const options = [...field.options].map(option => option.value);
          field.value = [wanted, `country-${wanted}`].find(each => options.includes(each)) ?? "";
        }
      }
      update();
    };

    // The index is fetched when somebody searches, not before; a slow answer to an old question is dropped.
    let index = null;
    let asking = 0;
    const searchFullText = async () => {
      const question = form.elements.q.value.trim();
      const own = (asking += 1);
      inFullText = new Set();
      output.ariaBusy = String(Boolean(question && form.dataset.search));
      if (output.ariaBusy === "false") return;
      let answers = [];
      try {
        index ??= import(new URL(form.dataset.search, location.href));
        const search = await (await index).debouncedSearch(question, {}, 150);
        if (search) answers = await Promise.all(search.results.map(result => result.data()));
      } catch {
        // Without the index the titles, employers and places are still searched.
      }
      if (own !== asking) return;
      output.ariaBusy = "false";
      inFullText = new Set(answers.map(answer => answer.url.split("/").pop()));
      show();
    };

    // The other languages' lists are opened with the same filters, less the words of this language.
    const links = [...document.querySelectorAll(".languages a, .offer a")];
    const update = () => {
      const url = address();
      url.searchParams.delete("q");
      for (const link of links) link.search = url.search;
      searchFullText();
      show();
    };

    form.addEventListener("submit", event => {
      event.preventDefault();
      document.querySelector("#results:not([hidden]), .countries").scrollIntoView({ block: "nearest" });
    });
    form.addEventListener("input", event => {
      if (event.target.type !== "search") return;
      history.replaceState(null, "", address());
      update();
    });
    form.addEventListener("change", event => {
      if (event.target.type === "search") return;
      history.pushState(null, "", address());
      update();
    });
    form.addEventListener("reset", event => {
      event.preventDefault();
      history.pushState(null, "", location.pathname);
      readAddress();
      form.elements.q.focus();
    });
    addEventListener("popstate", readAddress);
    addEventListener("pageshow", readAddress);
    readAddress();
  }
})();

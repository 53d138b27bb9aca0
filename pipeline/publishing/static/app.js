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

  const form = document.querySelector("form.filters");
  if (form) startFilters(form);

  function startFilters(form) {
    const output = form.elements.found;
    const plural = new Intl.PluralRules(pageLanguage);
    const figures = new Intl.NumberFormat(pageLanguage, { numberingSystem: "latn" });
    const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const groups = [...document.querySelectorAll("main section")].map(section => ({
      section,
      jump: document.querySelector(`.countries a[href="#${section.id}"]`).closest("li"),
      cards: [...section.querySelectorAll(".card")].map(card => ({
        card,
        text: plain(card.textContent),
        types: card.dataset.types.split(" "),
        remote: "remote" in card.dataset,
        page: card.querySelector("a").getAttribute("href").split("/").pop(),
      })),
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
      tell(found.size, Boolean(q || country || type || remote));
    };

    // Nobody is told a number that the answer of the full text will change.
    const tell = (count, filtered) => {
      form.elements.clear.hidden = !filtered;
      if (output.ariaBusy === "true") return;
      const text = output.dataset[count ? plural.select(count) : "none"] ?? output.dataset.other;
      output.value = filtered ? text.replace("#", figures.format(count)) : "";
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
      document.querySelector(".countries").scrollIntoView({ block: "nearest" });
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

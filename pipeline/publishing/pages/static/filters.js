// The form of a list: what is asked for stands in the address, is found in the index, and takes the list's place.

import { cardOf, excerpts, markNew } from "./cards.js";
import { choose, cityOf, DAYS, inOrder, NAMES } from "./choices.js";
import { loadList, StaleError } from "./list.js";
import { IN_TEXT, Search } from "./search.js";

const PAGE = 50;
const PATIENCE = 150; // milliseconds until a word is taken as written
const MOST_LANGUAGES = 3;
const pageLanguage = document.documentElement.lang;
const plural = new Intl.PluralRules(pageLanguage);
const figures = new Intl.NumberFormat(pageLanguage, { numberingSystem: "latn" });
const collator = new Intl.Collator(pageLanguage);
const byName = ([, one], [, other]) => collator.compare(one, other);
const regions = new Intl.DisplayNames(pageLanguage, { type: "region" });
// What a country is called of which this list has no posting: another language's list may have been filtered by it.
const calledByCode = code => (/^[A-Z]{2}$/.test(code) ? regions.of(code) : code);
const isGroup = ([code]) => code.length > 2; // "anywhere" is no country
const TYPED = ["q", "pay"];
const FIELDS = ["q", ...NAMES, "currency", "sort"];

const counted = (forms, count) => (forms[count ? plural.select(count) : "none"] ?? forms.other).replace("#", figures.format(count));

const make = (name, text = "", values = {}) => Object.assign(document.createElement(name), { textContent: text }, values);

export const start = (form, list) => new Filters(form, list).start();

class Filters {
  #form;
  #fields;
  #usual; // what the fields say on this page when nobody has asked for anything
  #heading = document.querySelector("#found");
  #title = this.#heading.innerHTML;
  #listed = document.querySelector("#list");
  #results = document.querySelector("#results");
  #pager = this.#results.querySelector(".pager");
  #template = document.createElement("template");
  #done = make("button", "", { className: "done", hidden: true }); // leads on from fields that fill a small screen
  #loading; // the first answer, asked for while this script was on its way
  #list = null;
  #search = null;
  #names = {}; // of the choices of a field, by their values
  #run = 0;
  #waiting = 0;
  #found = [];
  #answer = { words: [], hits: null };
  #observer = null;
  #page = 1;

  constructor(form, loading) {
    this.#form = form;
    this.#loading = loading;
    this.#fields = FIELDS.map(name => form.elements[name]).filter(Boolean);
    form.querySelector("#filter-fields").append(this.#done);
    this.#usual = { country: form.dataset.list === "all" ? "" : form.dataset.list, currency: form.elements.currency?.value };
    form.addEventListener("input", event => this.#onInput(event));
    form.addEventListener("change", event => this.#onChange(event));
    form.addEventListener("reset", event => this.#onReset(event));
    form.addEventListener("submit", () => this.#onSubmit());
    document.querySelector("#sort")?.addEventListener("change", event => this.#onChange(event));
    this.#pager.addEventListener("click", event => this.#onTurn(event));
    addEventListener("popstate", () => this.#onPopState());
    addEventListener("pagehide", () => this.#keepPlace());
  }

  // What somebody has typed or chosen while this was loading stays; a choice is a step that Back undoes.
  start() {
    if (location.search) return this.readAddress();
    const asked = Object.entries(this.#asked());
    return this.#ask(asked.some(([name, value]) => !TYPED.includes(name) && value !== (this.#usual[name] ?? "")));
  }

  #asked() {
    const asked = {};
    for (const field of this.#fields) {
      asked[field.name] = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim();
    }
    return asked;
  }

  #address(asked) {
    const url = new URL(location.href);
    for (const name of FIELDS) {
      const idle = name === "currency" ? !asked.pay : (asked[name] ?? "") === (this.#usual[name] ?? "");
      if (idle) url.searchParams.delete(name);
      else url.searchParams.set(name, asked[name]);
    }
    url.searchParams.delete("page");
    return url;
  }

  async readAddress() {
    const wanted = new URLSearchParams(location.search);
    for (const field of this.#fields) {
      const value = wanted.get(field.name) ?? this.#usual[field.name] ?? "";
      if (field.type === "checkbox") field.checked = value !== "";
      else {
        if (value && field.options && ![...field.options].some(option => option.value === value)) {
          field.add(new Option(calledByCode(value), value));
        }
        field.value = value;
      }
    }
    this.#page = Number(wanted.get("page")) || 1;
    await this.#update();
    if (history.state) scrollTo(0, history.state.y);
  }

  // A page of results that was left by Back, and is there again by Forward, begins at its first card.
  async #onPopState() {
    await this.readAddress();
    if (!history.state) this.#results.closest(".postings").scrollIntoView();
  }

  #keepPlace() {
    history.replaceState({ y: scrollY }, "");
  }

  #onInput(event) {
    if (!TYPED.includes(event.target.name)) return;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#ask(false), PATIENCE);
  }

  #onChange(event) {
    // What is typed is answered by then; new cards would take a click away that has left the field.
    if (TYPED.includes(event.target.name)) return;
    clearTimeout(this.#waiting);
    this.#ask(true);
  }

  #ask(step) {
    const address = this.#address(this.#asked());
    this.#keepPlace();
    if (step && address.href !== location.href) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    this.#page = 1;
    return this.#update();
  }

  async #onReset(event) {
    event.preventDefault();
    this.#keepPlace();
    history.pushState(null, "", location.pathname);
    await this.readAddress();
    this.#form.elements.q.focus();
  }

  async #onSubmit() {
    clearTimeout(this.#waiting);
    await this.#ask(true);
    this.#form.querySelector(".toggle").setAttribute("aria-expanded", "false");
    const shown = this.#results.hidden ? this.#listed : this.#results;
    shown.focus({ preventScroll: true });
    const postings = shown.closest(".postings");
    postings.scrollIntoView({ block: postings.getBoundingClientRect().top < 0 ? "start" : "nearest" });
  }

  // The other languages' lists are opened with the same filters, less the words of this language.
  #passOn(address) {
    const search = new URLSearchParams(address.search);
    search.delete("q");
    for (const link of document.querySelectorAll(".languages a, .offer a")) link.search = search.toString();
  }

  #busy(busy) {
    this.#results.ariaBusy = this.#listed.ariaBusy = this.#form.ariaBusy = String(busy);
    if (busy && location.search) this.#heading.textContent = this.#form.dataset.loading;
  }

  // A file of another release is answered by loading everything anew, once.
  async #update(cache) {
    const run = (this.#run += 1);
    const asked = this.#asked();
    const address = this.#address(asked);
    const chosen = FIELDS.filter(name => !["q", "currency", "sort"].includes(name) && address.searchParams.has(name)).length;
    this.#form.querySelector(".chosen").textContent = chosen ? `(${figures.format(chosen)})` : "";
    this.#passOn(address);
    const filtered = address.search !== "";
    history.scrollRestoration = filtered ? "manual" : "auto";
    this.#form.elements.clear.hidden = !filtered;
    const late = setTimeout(() => run === this.#run && this.#busy(true), PATIENCE);
    if (filtered && !this.#list) this.#busy(true);
    try {
      const answer = await this.#answered(asked, cache);
      if (run !== this.#run) return;
      clearTimeout(late);
      this.#busy(false);
      await this.#show(asked, answer, filtered);
      if (run === this.#run) this.#busy(false);
    } catch (error) {
      if (run !== this.#run) return;
      if (cache || !(error instanceof StaleError)) return this.#fail(filtered);
      this.#list = this.#search = null;
      return this.#update("reload");
    } finally {
      clearTimeout(late);
    }
  }

  async #answered(asked, cache) {
    const loading = this.#loading;
    this.#loading = null;
    this.#list ??= await loadList(this.#form.dataset.root, { cache, loading });
    this.#template.innerHTML = this.#list.card;
    this.#search ??= new Search(this.#list, this.#form.dataset.search);
    this.#offerCurrencies();
    asked.currency ||= this.#form.elements.currency?.value ?? "";
    asked.city &&= cityOf(this.#list, asked.city);
    if (!asked.q) return { words: [], hits: null, meant: "" };
    return this.#search.ask(asked.q);
  }

  #fail(filtered) {
    this.#busy(false);
    this.#heading.innerHTML = this.#title;
    if (!filtered) return;
    const again = make("button", this.#form.dataset.again, { type: "button" });
    again.addEventListener("click", () => this.#update());
    const { failed } = this.#form.dataset;
    this.#heading.textContent = failed;
    this.#form.elements.told.value = failed;
    this.#reveal(true);
    this.#results.querySelector(".cards").replaceChildren();
    this.#pager.hidden = true;
    this.#nothing(again);
  }

  #reveal(filtered) {
    this.#listed.hidden = filtered;
    this.#results.hidden = !filtered;
  }

  // How many there are is told at once; the cards come with the parts of the list that they stand in.
  async #show(asked, answer, filtered) {
    const { found, counts, without } = choose(this.#list, asked, answer.hits);
    this.#offer(asked, counts);
    this.#reveal(filtered);
    this.#answer = answer;
    this.#found = inOrder(found, asked, answer.hits);
    const text = filtered ? counted(this.#list.words.found, found.length) : "";
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    this.#page = Math.min(Math.max(1, Math.trunc(this.#page)), pages);
    this.#form.elements.told.value = filtered && this.#page > 1 ? this.#place(this.#page, pages) : text;
    this.#done.textContent = text;
    this.#done.hidden = !found.length || !filtered;
    if (filtered) this.#heading.textContent = text;
    else this.#heading.innerHTML = this.#title;
    this.#observer?.disconnect();
    this.#observer = excerpts(answer.words, pageLanguage);
    this.#results.querySelector(".cards").replaceChildren();
    this.#nothing();
    if (!filtered) return;
    this.#lead(this.#address(asked), pages);
    if (found.length) return this.#addCards();
    this.#help(asked, answer, without);
  }

  async #addCards() {
    const run = this.#run;
    const { hits } = this.#answer;
    const rows = this.#found.slice((this.#page - 1) * PAGE, this.#page * PAGE);
    this.#results.ariaBusy = "true";
    let shown = 0;
    for await (const texts of this.#list.textsOf(rows.map(row => row.at))) {
      if (run !== this.#run) return;
      const card = cardOf(texts, this.#template, this.#list.root);
      if (hits?.get(rows[shown++].at) === IN_TEXT) {
        const excerpt = make("p", "", { className: "excerpt" });
        card.append(excerpt);
        this.#observer.observe(excerpt);
      }
      markNew(card.querySelectorAll("time.posted"), this.#form.dataset.new);
      this.#results.querySelector(".cards").append(card);
    }
  }

  #place(page, pages) {
    return this.#pager.dataset.place.replace("{page}", figures.format(page)).replace("{pages}", figures.format(pages));
  }

  // Leads to the other pages of what was found: the first, the last, those around this one.
  #lead(address, pages) {
    const link = (part, page) => {
      address.searchParams.set("page", page);
      part.href = address.href;
      part.dataset.page = page;
      return part;
    };
    const numbers = Array.from({ length: pages }, (_, at) => at + 1);
    const near = numbers.filter(page => page === 1 || page === pages || Math.abs(page - this.#page) <= 1);
    const items = near.flatMap((page, at) => {
      const part = link(make("a", figures.format(page), { ariaLabel: this.#place(page, pages) }), page);
      if (page === this.#page) part.ariaCurrent = "page";
      const item = make("li");
      item.append(part);
      return at && page - near[at - 1] > 1 ? [make("li", "…"), item] : [item];
    });
    this.#pager.hidden = pages === 1;
    this.#pager.querySelector("ol").replaceChildren(...items);
    this.#pager.querySelector("span").textContent = this.#place(this.#page, pages);
    for (const [name, page] of [["before", this.#page - 1], ["after", this.#page + 1]]) {
      link(this.#pager.querySelector(`.${name}`), page).hidden = page < 1 || page > pages;
    }
  }

  // A page has an address of its own, so that Back leads to the one before, to where the reader was.
  async #onTurn(event) {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#keepPlace();
    history.pushState(null, "", link.href);
    this.#page = Number(link.dataset.page);
    await this.#update();
    this.#results.querySelector(".card a")?.focus({ preventScroll: true });
    this.#results.closest(".postings").scrollIntoView();
  }

  #nothing(...help) {
    const place = this.#results.querySelector(".nothing");
    place.hidden = !help.length;
    place.replaceChildren(...help);
  }

  // Where nothing is found: other words, a filter less, other languages.
  async #help(asked, answer, without) {
    const run = this.#run;
    const help = [];
    if (answer.meant) {
      const meant = await this.#search.ask(answer.meant);
      if (run !== this.#run) return;
      if (choose(this.#list, asked, meant.hits).found.length) help.push(this.#meant(asked, answer.meant));
    }
    const filters = [...without].filter(([name]) => !(name === "q" && help.length));
    if (filters.length) {
      const items = make("ul");
      items.append(...filters.sort((one, other) => other[1] - one[1]).map(([name, count]) => this.#removal(name, count)));
      help.push(items);
    }
    this.#nothing(...help);
    const elsewhere = await this.#elsewhere(asked, run);
    if (run === this.#run && elsewhere) this.#nothing(...help, ...elsewhere);
  }

  #meant(asked, words) {
    const [before, after] = this.#list.words.meant.split("%(words)s");
    const link = make("a", words, { href: this.#address({ ...asked, q: words }).href });
    const line = make("p");
    line.append(before, link, after);
    return line;
  }

  #removal(name, count) {
    const field = this.#form.elements[name];
    const label = field.type === "checkbox" ? field.closest("label").textContent : (this.#names[name]?.get(field.value) ?? field.value);
    const text = counted(this.#list.words.without, count).replace("%(filter)s", label.trim());
    const button = make("button", text, { type: "button" });
    button.addEventListener("click", () => {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
      this.#ask(true);
    });
    const item = make("li");
    item.append(button);
    return item;
  }

  async #elsewhere(asked, run) {
    const items = make("ul");
    for (const link of document.querySelectorAll(".languages a:not([aria-current])")) {
      if (run !== this.#run || items.children.length === MOST_LANGUAGES) break;
      const root = `${this.#form.dataset.root}../${link.hreflang}/`;
      try {
        const list = await loadList(root);
        const { hits } = asked.q ? await new Search(list).ask(asked.q) : { hits: null };
        const wanted = asked.city ? { ...asked, city: cityOf(list, asked.city) } : asked;
        const count = choose(list, wanted, hits).found.length;
        if (!count) continue;
        const search = new URL(`${root}index.html`, location.href);
        search.search = this.#address(asked).search;
        if (asked.country) search.searchParams.set("country", asked.country);
        const found = make("a", link.textContent, { href: search.href, hreflang: link.hreflang, lang: link.lang });
        const item = make("li");
        item.append(found, ` (${figures.format(count)})`);
        items.append(item);
      } catch {
        continue; // that language is not offered
      }
    }
    return items.children.length ? [make("h3", this.#list.words.elsewhere), items] : null;
  }

  #offerCurrencies() {
    const field = this.#form.elements.currency;
    if (!field || field.dataset.filled) return;
    const counts = new Map();
    for (const { currency } of this.#list.rows) if (currency) counts.set(currency, (counts.get(currency) ?? 0) + 1);
    const chosen = field.value;
    const codes = [...counts].sort((one, other) => other[1] - one[1]).map(([code]) => code);
    field.replaceChildren(...codes.map(code => new Option(code, code)));
    field.value = codes.includes(chosen) ? chosen : (codes[0] ?? "");
    field.dataset.filled = "yes";
  }

  // Each field offers what there is with the others as they are, and how many.
  #offer(asked, counts) {
    const named = {
      country: [...this.#list.groups].sort((one, other) => isGroup(one) - isGroup(other) || byName(one, other)),
      city: [...new Map(this.#list.cities.map(([name, , called = name]) => [name, called]))].sort(byName),
      type: this.#list.kinds,
      since: DAYS.map(days => [days, ""]),
      from: this.#list.people,
      text: ["written", "translated"].map(value => [value, ""]),
    };
    for (const [name, values] of Object.entries(named)) {
      const field = this.#form.elements[name];
      if (!field) continue;
      const [all, ...others] = field.options;
      const names = (this.#names[name] ??= new Map());
      for (const option of others) if (!names.has(option.value)) names.set(option.value, option.text);
      const options = values
        .filter(([value]) => counts[name].get(value) || value === asked[name])
        .map(([value, text]) => {
          const option = new Option("", value);
          option.text = `${text || names.get(value)} (${figures.format(counts[name].get(value) ?? 0)})`;
          return option;
        });
      for (const [value, text] of values) if (text) names.set(value, text);
      const known = options.some(option => option.value === asked[name]);
      if (asked[name] && !known) options.push(new Option(names.get(asked[name]) ?? asked[name], asked[name]));
      field.replaceChildren(all, ...options);
      field.value = asked[name];
    }
  }
}

// Finds the words of a question in titles, employers and places, and in the texts by an index of many small files.

import { loadJson, StaleError } from "./list.js";
import { askedWords, distance, fold, means, shardOf, wordsOf } from "./words.js";

export const IN_TITLE = 0;
const IN_FACTS = 1;
export const IN_TEXT = 2;
const WITHIN = 4; // from so many letters a word is also found inside another one of a title: "pfleger"
const PLAIN = /^[^.&+#]+$/;
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;

export class Search {
  #list;
  #files = new Map();
  #texts;
  #titles;
  #facts;
  #pagefind;

  constructor(list, pagefind) {
    this.#list = list;
    this.#pagefind = pagefind;
  }

  // Returns which rows hold all words of a question, each with the worst place that one is found in; and for words
  // that stand nowhere the most similar ones that do.
  async ask(question) {
    const words = askedWords(question);
    await this.#readNames();
    const found = await Promise.all(words.map(word => this.#places(word)));
    const hits = new Map();
    for (const { at } of this.#list.rows) {
      const ranks = found.map(places => places.get(at));
      if (!ranks.includes(undefined)) hits.set(at, Math.max(IN_TITLE, ...ranks));
    }
    if (words.every(word => PLAIN.test(word))) {
      for (const at of await this.#askPagefind(question)) if (!hits.has(at)) hits.set(at, IN_TEXT);
    }
    const meant = hits.size ? "" : await this.#meant(words, found);
    return { words, hits, meant };
  }

  // The words of titles, and of all else that a posting is known by, are read when somebody searches for the first time.
  async #readNames() {
    if (this.#titles) return;
    const { root, rows, groups, cities } = this.#list;
    const [names, texts] = await Promise.all([
      this.#file(`${root}names.json`).catch(() => ({ groups: {}, cities: {} })),
      this.#list.allTexts(),
    ]);
    const known = new Map();
    const wordsOnce = text => known.get(text) ?? known.set(text, wordsOf(text)).get(text);
    const groupWords = groups.map(([code, name]) => [...wordsOf(name), ...(names.groups[code]?.split(" ") ?? [])]);
    const cityWords = cities.map(([name, country, called = name]) => names.cities[`${country} ${fold(called)}`]?.split(" ") ?? []);
    this.#texts = texts;
    this.#titles = texts.map(({ title }) => ({ words: wordsOf(title), text: fold(title) }));
    this.#facts = texts.map((each, at) => [
      wordsOnce(each.employer),
      wordsOnce(each.place),
      wordsOnce(each.types),
      wordsOnce(each.figures),
      ...rows[at].groups.map(group => groupWords[group]),
      ...rows[at].cities.map(city => cityWords[city]),
    ]);
  }

  // Returns the rows that hold a word, each with the best place that it is found in.
  async #places(word) {
    const places = new Map();
    for (const [segment, words] of (await this.#shards(word)).entries()) {
      for (const [held, steps] of Object.entries(words)) {
        if (!means(word, held)) continue;
        let at = 0;
        for (const step of steps) {
          at += step;
          places.set(this.#list.dealt[segment][at].at, IN_TEXT);
        }
      }
    }
    const inside = PLAIN.test(word) && (word.length >= WITHIN || UNSPACED.test(word));
    this.#titles.forEach(({ words, text }, at) => {
      if (words.some(held => means(word, held)) || (inside && text.includes(word))) places.set(at, IN_TITLE);
      else if (this.#facts[at].some(held => held.some(each => means(word, each)))) places.set(at, IN_FACTS);
    });
    return places;
  }

  async #shards(word) {
    const { root, orders, shards } = this.#list;
    return Promise.all(
      orders.map(async (order, segment) => {
        let file;
        try {
          file = await this.#file(`${root}search/${segment}-${shardOf(word, shards[segment])}.json`);
        } catch {
          return {}; // titles, employers and places are still searched
        }
        if (file.order !== order) throw new StaleError();
        return file.words;
      }),
    );
  }

  #file(address) {
    if (!this.#files.has(address)) {
      const loading = loadJson(address, { cache: this.#list.cache });
      loading.catch(() => this.#files.delete(address));
      this.#files.set(address, loading);
    }
    return this.#files.get(address);
  }

  // Pagefind knows the forms of words: "lamps" is found where the text says "lamp".
  async #askPagefind(question) {
    if (!this.#pagefind) return [];
    try {
      const pagefind = await import(new URL(this.#pagefind, location.href));
      const answer = await pagefind.search(question);
      const pages = await Promise.all(answer.results.map(result => result.data()));
      const slugs = new Set(pages.map(page => page.url.split("/").pop().replace(/\.html$/, "")));
      return [...this.#texts.keys()].filter(at => slugs.has(this.#texts[at].slug));
    } catch {
      return [];
    }
  }

  // Returns the question with words in place of those that stand nowhere: the nearest that do, the most frequent first.
  async #meant(words, found) {
    const better = await Promise.all(
      words.map((word, number) => (found[number].size || !PLAIN.test(word) || /\d/.test(word) ? word : this.#nearest(word))),
    );
    if (better.includes("") || better.join() === words.join()) return "";
    return better.join(" ");
  }

  async #nearest(word) {
    const limit = word.length < 5 ? 1 : 2;
    const counts = new Map();
    const add = (held, count) => counts.set(held, (counts.get(held) ?? 0) + count);
    for (const words of await this.#shards(word)) for (const [held, steps] of Object.entries(words)) add(held, steps.length);
    this.#titles.forEach(({ words }, at) => {
      for (const held of [...words, ...this.#facts[at].slice(0, 2).flat()]) add(held, 1);
    });
    const near = [...counts]
      .filter(([held]) => PLAIN.test(held) && held.length >= 3)
      .map(([held, count]) => ({ held, count, far: distance(word, held, limit) }))
      .filter(({ far }) => far <= limit)
      .sort((one, other) => one.far - other.far || other.count - one.count || (one.held < other.held ? -1 : 1));
    return near[0]?.held ?? "";
  }
}

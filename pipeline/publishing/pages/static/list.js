// The list of a version: by what each posting can be chosen, and what the cards say, which comes in parts.

import { fold } from "./words.js";

// A file of another release than the index: everything is loaded anew.
export class StaleError extends Error {}

export const loadJson = async (address, { cache, loading } = {}) => {
  const answer = await (loading ?? fetch(address, { cache }));
  if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  return answer.json();
};

const rowsOf = ({ columns, ...tables }, count) =>
  Array.from({ length: count }, (_, at) => {
    const number = name => columns[name][at] ?? 0;
    const [currency, paid] = tables.pays[number("pays")];
    return {
      at,
      posted: tables.days[number("posted")],
      closes: tables.days[number("closes")],
      groups: tables.countries[number("countries")],
      cities: tables.places[number("places")],
      types: tables.types[number("types")],
      currency,
      paid,
      isRemote: number("remotes") > 0,
      people: tables.remotes[number("remotes")],
      isTranslated: number("translated") > 0,
    };
  });

// An address begins with the words of the title; a part says them only where that is not so.
const slugWords = title => (fold(title).match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 60).replace(/-+$/, "");

const textsOf = (tables, values) => {
  const [slug, title, posted = 0, employer = 0, place = 0, types = 0, label = 0, pay = 0] = values;
  const [closes = 0, remote = 0, edited = 0, language = 0] = values.slice(8);
  const [payText, figures] = tables.pays[pay];
  return {
    slug: slug.includes("-") ? slug : `${slugWords(title)}-${slug}`,
    title,
    posted: tables.days[posted],
    employer: tables.employers[employer],
    place: tables.places[place],
    types: tables.types[types],
    label: tables.labels[label],
    pay: payText,
    figures,
    closes: tables.days[closes],
    remote: tables.remotes[remote],
    edited: tables.days[edited],
    language: tables.languages[language],
  };
};

// Where a posting stands in its segment of the full text is how many of that segment stand before it.
const bySegment = (data, rows) => {
  if (!data.segments) return [rows];
  const dealt = data.orders.map(() => []);
  rows.forEach((row, at) => dealt[parseInt(data.segments[at], 36)].push(row));
  return dealt;
};

export class List {
  #parts;

  constructor(data, root, cache) {
    Object.assign(this, data, { root, cache });
    let start = 0;
    this.#parts = data.parts.map(([name, count]) => ({ name, start, stop: (start += count), loading: null }));
    this.rows = rowsOf(data, start);
    this.dealt = bySegment(data, this.rows);
  }

  // What the cards of postings say, by their places in the list. The part of the next one is on its way, and no more:
  // the first would come late where all are loaded side by side.
  async *textsOf(places) {
    const parts = places.map(place => this.#parts.find(({ stop }) => place < stop));
    const needed = [...new Set(parts)];
    for (const [number, part] of parts.entries()) {
      const loading = this.#load(part);
      const [following] = needed.slice(needed.indexOf(part) + 1);
      if (following) this.#load(following).catch(() => {}); // told when its turn comes
      yield (await loading)[places[number] - part.start];
    }
  }

  // What all cards say, in the order of the list.
  async allTexts() {
    return (await Promise.all(this.#parts.map(part => this.#load(part)))).flat();
  }

  #load(part) {
    if (!part.loading) {
      const loading = this.#read(part.name);
      loading.catch(() => (part.loading = null));
      part.loading = loading;
    }
    return part.loading;
  }

  // The name of a part says what is in it: one that is gone was of another release.
  async #read(name) {
    try {
      const data = await loadJson(`${this.root}list/${name}.json`);
      return data.rows.map(values => textsOf(data, values));
    } catch (error) {
      throw error.status === 404 ? new StaleError() : error;
    }
  }
}

export const loadList = async (root, how) => new List(await loadJson(`${root}list.json`, how), root, how?.cache);

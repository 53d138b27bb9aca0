// The index of all postings of a version: rows with their tables put in.

import { fold } from "./words.js";

const read = async (address, { cache, loading } = {}) => {
  const answer = await (loading ?? fetch(address, { cache }));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

export const loadJson = read;

// An address begins with the words of the title; the index says them only where that is not so.
const slugWords = title => (fold(title).match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 60).replace(/-+$/, "");

const rowOf = (tables, values, at) => {
  const [slug, title, posted = 0, groups = 0, employer = 0, place = 0, types = 0, label = 0] = values;
  const [pay = 0, closes = 0, remote = 0, edited = 0, language = 0] = values.slice(8);
  return {
    at,
    slug: slug.includes("-") ? slug : `${slugWords(title)}-${slug}`,
    title,
    posted: tables.days[posted],
    groups: tables.countries[groups],
    employer: tables.employers[employer],
    place: tables.places[place],
    types: tables.types[types],
    label: tables.labels[label],
    pay: tables.pays[pay],
    closes: tables.days[closes],
    isRemote: remote > 0,
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

export const loadList = async (root, how) => {
  const data = await read(`${root}list.json`, how);
  const rows = data.rows.map((values, at) => rowOf(data, values, at));
  return { ...data, root, rows, dealt: bySegment(data, rows) };
};

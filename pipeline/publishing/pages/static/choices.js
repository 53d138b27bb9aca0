// Which postings somebody asks for by the fields of the form, and how many there would be with each other choice.

import { daysSince } from "./cards.js";
import { fold } from "./words.js";

const ANYONE = "*";
export const DAYS = ["1", "7", "30"];
export const NAMES = ["country", "city", "type", "pay", "since", "remote", "from", "text"];

const groupsOf = (list, row) => row.groups.map(at => list.groups[at][0]);
const citiesOf = (list, row) => [...new Set(row.cities.map(at => list.cities[at][0]))];
const peopleOf = row => row.people.split(" ").filter(Boolean);
const within = (row, days) => row.posted !== "" && daysSince(row.posted) <= days;
const textOf = row => (row.isTranslated ? "translated" : "written");

// A city by any of its names, as this list writes it.
export const cityOf = ({ cities }, asked) =>
  cities.find(([name, , called = name]) => [name, called].some(each => fold(each) === fold(asked)))?.[0] ?? asked;

const TESTS = {
  country: (list, asked) => row => groupsOf(list, row).includes(asked.country),
  city: (list, asked) => row => citiesOf(list, row).includes(asked.city),
  type: (list, asked) => row => row.types.includes(asked.type),
  pay: (list, asked) => row => row.currency === asked.currency && row.paid >= Number(asked.pay),
  since: (list, asked) => row => within(row, Number(asked.since)),
  remote: () => row => row.isRemote,
  from: (list, asked) => row => peopleOf(row).some(code => code === ANYONE || code === asked.from),
  text: (list, asked) => row => textOf(row) === asked.text,
};

const VALUES = {
  country: groupsOf,
  city: citiesOf,
  type: (list, row) => row.types,
  since: (list, row) => DAYS.filter(days => within(row, Number(days))),
  remote: (list, row) => (row.isRemote ? ["yes"] : []),
  from: (list, row) => peopleOf(row),
  text: (list, row) => [textOf(row)],
};

// One look at each posting: one that passes all tests is found; one that fails a single one counts for the other
// choices of that field, and for what there is without it. `hits` are the postings that the words are found in.
export const choose = (list, asked, hits) => {
  const tests = NAMES.filter(name => asked[name]).map(name => [name, TESTS[name](list, asked)]);
  if (hits) tests.push(["q", row => hits.has(row.at)]);
  const counts = Object.fromEntries(Object.keys(VALUES).map(name => [name, new Map()]));
  const without = new Map();
  const found = [];
  for (const row of list.rows) {
    const failed = tests.filter(([, passes]) => !passes(row));
    if (failed.length > 1) continue;
    const name = failed[0]?.[0];
    if (name) without.set(name, (without.get(name) ?? 0) + 1);
    else found.push(row);
    for (const field of name ? [name] : Object.keys(VALUES)) {
      for (const value of VALUES[field]?.(list, row) ?? []) counts[field].set(value, (counts[field].get(value) ?? 0) + 1);
    }
  }
  const anyone = counts.from.get(ANYONE) ?? 0;
  for (const [code] of list.people) counts.from.set(code, (counts.from.get(code) ?? 0) + anyone);
  return { found, counts, without };
};

// Titles that hold all words come first, then employers and places, then texts; within each the order that is asked for.
export const inOrder = (rows, asked, hits) => {
  const today = new Date().toISOString().slice(0, 10);
  const open = row => (row.closes >= today ? row.closes : "9");
  const currencies = new Map();
  for (const { currency } of rows) if (currency) currencies.set(currency, (currencies.get(currency) ?? 0) + 1);
  const [most] = [...currencies].sort((one, other) => other[1] - one[1])[0] ?? [""];
  const paying = row => (row.currency === (asked.pay ? asked.currency : most) ? row.paid : row.currency ? 0 : -1);
  const orders = {
    closing: (one, other) => (open(one) < open(other) ? -1 : open(one) > open(other) ? 1 : 0),
    pay: (one, other) => paying(other) - paying(one),
  };
  const rank = row => hits?.get(row.at) ?? 0;
  return [...rows].sort(
    (one, other) => rank(one) - rank(other) || (orders[asked.sort]?.(one, other) ?? 0) || one.at - other.at,
  );
};

// Cuts texts into the words that a search compares, in the same way as search_words.py did for the index.

const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0655]/g;
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", æ: "ae", œ: "oe", ı: "i", þ: "th", ß: "ss", ς: "σ" };
for (const zero of [0x660, 0x6f0, 0x966]) {
  for (let digit = 0; digit < 10; digit += 1) LETTERS[String.fromCharCode(zero + digit)] = String(digit);
}
const APART = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff";
const ANY = "\\p{L}\\p{N}_";
const LETTER = `(?:(?![${UNSPACED}])[${ANY}]|[\\u0900-\\u0963\\u0966-\\u0dff])`;
const WORD = new RegExp(
  `(?<unspaced>[${UNSPACED}]+)` +
    "|(?<number>(?<![\\p{Nd}.,])\\p{Nd}{1,3}(?:,\\p{Nd}{2})*(?:[.,'’٬ ]\\p{Nd}{3})+(?!\\p{Nd}))(?:[.,]\\p{Nd}{1,2}(?!\\p{Nd}))?" +
    `|(?<word>(?:(?<![${ANY}.)\\]])\\.(?=\\p{L}))?${LETTER}+(?:[.&]${LETTER}+)*` +
    `(?:(?<=\\p{L})(?:\\+\\+|[+#](?![${ANY}])))?)`,
  "gu",
);
const LONGEST = 40;
const SHORTEST_PART = 3;

export const fold = text =>
  text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase().replace(APART, letter => LETTERS[letter]);

const partsOf = word => {
  const [first, ...others] = word.slice(1).split(".");
  if (others.length) return [word[0] + first, ...others.map(other => `.${other}`.slice(0, LONGEST))];
  return word.includes("&") ? word.split("&").filter(part => [...part].length >= SHORTEST_PART) : [];
};

const pairsOf = run => {
  const letters = [...run];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
};

const cut = (text, parts) => {
  const found = [];
  for (const { groups } of fold(text).matchAll(WORD)) {
    if (groups.unspaced) found.push(...pairsOf(groups.unspaced));
    else if (groups.number) found.push(groups.number.replace(/\D/g, ""));
    else found.push(groups.word.slice(0, LONGEST), ...(parts ? partsOf(groups.word) : []));
  }
  return found;
};

export const wordsOf = text => cut(text, true);

// What somebody asks for: a joined word is wanted as a whole.
export const askedWords = text => [...new Set(cut(text, false))];

const GOES_ON = new RegExp(`^${LETTER}`, "u");
const SHORTEST_BEGINNING = 3;

// Whether a word is meant by one that was asked for: the same, or one that it begins with. "net" is not ".net".
export const means = (asked, word) =>
  word === asked ||
  (asked.length >= SHORTEST_BEGINNING && word.startsWith(asked) && GOES_ON.test(word.slice(asked.length)));

// In which of so many files of the index a word stands; all that begin with the same three letters are in one.
export const shardOf = (word, count) => {
  let hash = 0x811c9dc5;
  for (const letter of [...word].slice(0, 3)) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % count;
};

// How many letters were left out, added, changed or swapped, up to a limit.
export const distance = (one, other, limit) => {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let above = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], above[j - 2] + 1);
      }
    }
    [above, row] = [row, next];
  }
  return row[other.length];
};

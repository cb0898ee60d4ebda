// What was typed, as a query. Forgiving: whatever cannot be understood is said in `notes` and searched as words.

import { arxivId, fold, terms, tokens, term } from "./search-analyzer.js";

export const ANYWHERE = 15;
const FIELDS = { title: 1, author: 2, authors: 2, by: 2, keyword: 4 };
const KEYWORDS = 4;
const MOST_WORDS = 24;
const PART = /([-−–]?)(?:([a-z]+):(?=\S))?(?:["“”„]([^"“”„]*)["“”„]?|(\S+))/giu;

// words: [{ terms, text, fields, isRequired }], of which a paper should hold one of the terms each; phrases: lists of
// terms; without: [{ terms, fields }], which no paper may hold together; facets: terms that filter, one of each list;
// from and until: days, the second excluded.
export function parse(typed, topics = []) {
  const query = { words: [], phrases: [], without: [], facets: [], from: "", until: "", notes: [], id: arxivId(typed) };
  if (query.id) {
    query.words.push({ terms: [query.id], text: query.id, fields: KEYWORDS, isRequired: true });
    return query;
  }
  for (const [, minus, key, quoted, bare] of typed.matchAll(PART)) {
    const value = quoted ?? bare, name = key?.toLowerCase() ?? "";
    if (!minus && name in FILTERS && FILTERS[name](query, value, topics)) continue;
    const fields = FIELDS[name] ?? ANYWHERE;
    const isPlain = !(name in FIELDS) && name !== "arxiv" && name !== "id";
    const said = isPlain && key ? `${key} ${value}` : value;
    if (minus) {
      const held = terms(said);
      if (held.length) query.without.push({ terms: held, fields });
      continue;
    }
    const isPhrase = quoted !== undefined;
    for (const token of tokens(said)) {
      const stem = term(token);
      if (stem) query.words.push({ terms: [stem], text: token, fields, isRequired: isPhrase || fields !== ANYWHERE });
    }
    if (isPhrase && fields === ANYWHERE && terms(said).length > 1) query.phrases.push(terms(said));
  }
  if (query.words.length > MOST_WORDS) {
    query.words.length = MOST_WORDS;
    query.notes.push(`Only the first ${MOST_WORDS} words count.`);
  }
  return query;
}

const FILTERS = {
  topic(query, value, topics) {
    const found = topicsNamed(value, topics);
    if (found.length) query.facets.push(found.map((slug) => `@topic:${slug}`));
    else query.notes.push(`No topic is called “${value}”, so its words are searched.`);
    return found.length > 0;
  },
  org(query, value) {
    const held = terms(value);
    for (const each of held) query.facets.push([`@org:${each}`]);
    return held.length > 0;
  },
  has(query, value) {
    if (fold(value) !== "code") return false;
    query.facets.push(["@code"]);
    return true;
  },
  year: (query, value) => /^\d{4}$/.test(value) ? narrow(query, `${value}-01-01`, `${+value + 1}-01-01`) : unknown(query, value),
  after: (query, value) => narrow(query, day(value), "") || unknown(query, value),
  before: (query, value) => narrow(query, "", day(value)) || unknown(query, value),
};
FILTERS.organization = FILTERS.org;
FILTERS.since = FILTERS.after;

function topicsNamed(value, topics) {
  const wanted = tokens(value);
  const exact = topics.filter(([slug, name]) => slug === fold(value) || fold(name) === fold(value));
  const near = topics.filter(([slug, name]) => {
    const has = tokens(`${slug} ${name}`);
    return wanted.length && wanted.every((word) => has.some((each) => each.startsWith(word)));
  });
  return (exact.length ? exact : near).map(([slug]) => slug);
}

export function narrow(query, from, until) {
  if (!from && !until) return false;
  if (from > query.from) query.from = from;
  if (until && (!query.until || until < query.until)) query.until = until;
  return true;
}

function unknown(query, value) {
  query.notes.push(`“${value}” is no date; write 2025, 2025-03 or 2025-03-07.`);
  return true;
}

// `2025`, `2025-3` or `2025-03-07` as the first day it means; empty where it means none.
function day(value) {
  const [, year, month = "1", date = "1"] = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value) ?? [];
  if (!year || +month < 1 || +month > 12 || +date < 1 || +date > 31) return "";
  return `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
}

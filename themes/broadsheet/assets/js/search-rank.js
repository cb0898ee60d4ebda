// Which papers a query finds, and in which order: BM25 as lunr scores it, times the square of the share of its words
// that matched.

const BOOSTS = [4, 2, 1, 2]; // title, authors, keywords, abstract
const K1 = 1.2, B = 0.75;

// The postings of every term of a query: term -> one entry a segment, null where the segment has none.
export async function gather(index, query) {
  const wanted = new Set([
    ...query.words.flatMap((word) => word.terms), ...query.without.flatMap((each) => each.terms), ...query.facets.flat(),
  ]);
  const entries = [...wanted].map(async (name) => [name, await Promise.all(index.segments.map((each) => each.term(name)))]);
  return new Map(await Promise.all(entries));
}

export const isKnown = (postings, name) => postings.get(name)?.some(Boolean);

// How rare a term is, exactly as lunr has it: a paper counts once for each of its fields that hold the term.
function idf(index, held) {
  const papers = held.reduce((sum, each) => sum + (each?.fields.reduce((a, b) => a + b) ?? 0), 0);
  return Math.log(1 + Math.abs((index.papers - papers + 0.5) / (papers + 0.5)));
}

// For each field what each term weighs in the query, and how long the query is as a vector.
function vectors(query, postings) {
  const fields = BOOSTS.map(() => new Map());
  for (const word of query.words) {
    for (const name of word.terms) {
      if (!isKnown(postings, name)) continue;
      fields.forEach((field, i) => { if (word.fields & (1 << i)) field.set(name, (field.get(name) ?? 0) + 1); });
    }
  }
  return fields.map((field) => ({ field, length: Math.hypot(...field.values()) }));
}

// [{ segment, doc, score }], best first, and how many hold all words (`complete`). `isPlain` leaves out the share of words.
export async function find(index, query, postings, { sort = "", isPlain = false } = {}) {
  const words = distinct(query.words);
  const vector = vectors(query, postings);
  const rarity = new Map([...postings].map(([name, held]) => [name, idf(index, held)]));
  const results = [];
  let complete = 0;
  for (const [s, segment] of index.segments.entries()) {
    const score = new Float64Array(segment.papers), matched = new Uint32Array(segment.papers);
    const scored = new Set(words.flatMap((word) => word.terms));
    for (const name of scored) {
      const held = postings.get(name)[s];
      if (!held) continue;
      const weights = vector.map(({ field, length }) => (field.get(name) ?? 0) / length);
      for (let at = 0; at < held.hits.length; at += 4) {
        const doc = held.hits[at], i = held.hits[at + 1], often = held.hits[at + 2], share = held.hits[at + 3] / index.averages[i];
        if (!vector[i].field.has(name)) continue;
        const weight = rarity.get(name) * ((K1 + 1) * often) / (K1 * (1 - B + B * share) + often) * BOOSTS[i];
        score[doc] += Math.round(weight * 1000) / 1000 * weights[i]; // lunr keeps three digits
      }
    }
    words.forEach((word, bit) => {
      for (const name of word.terms) eachDoc(postings.get(name)[s], word.fields, (doc) => { matched[doc] |= 1 << bit; });
    });
    const required = words.reduce((mask, word, bit) => (word.isRequired ? mask | (1 << bit) : mask), 0);
    const all = 2 ** words.length - 1;
    const allows = await filter(segment, query, postings, s);
    for (let doc = 0; doc < segment.papers; doc++) {
      if ((words.length && !matched[doc]) || (matched[doc] & required) !== required || !allows(doc)) continue;
      if (matched[doc] === all) complete++;
      const share = words.length && !isPlain ? bits(matched[doc]) / words.length : 1;
      results.push({ segment, doc, score: score[doc] * share * share });
    }
  }
  await arrange(index, results, words.length ? sort : sort || "newest");
  return { results, complete };
}

// Each word once; it is required where it is so anywhere.
function distinct(words) {
  const found = new Map();
  for (const word of words) {
    const key = `${word.fields} ${word.terms}`;
    found.set(key, { ...word, isRequired: word.isRequired || (found.get(key)?.isRequired ?? false) });
  }
  return [...found.values()];
}

const bits = (number) => number && 1 + bits(number & (number - 1));

function eachDoc(held, fields, visit) {
  const { hits } = held ?? { hits: [] };
  let last = -1;
  for (let at = 0; at < hits.length; at += 4) if (fields & (1 << hits[at + 1]) && hits[at] !== last) visit(last = hits[at]);
}

// Whether a paper of a segment passes the filters.
async function filter(segment, query, postings, s) {
  const passed = new Uint8Array(segment.papers);
  for (const names of query.facets) {
    const here = new Set(names.flatMap((name) => [...(postings.get(name)[s]?.docs ?? [])]));
    for (const doc of here) passed[doc]++;
  }
  for (const { terms, fields } of query.without) {
    const times = new Map();
    for (const name of new Set(terms)) eachDoc(postings.get(name)[s], fields, (doc) => times.set(doc, (times.get(doc) ?? 0) + 1));
    for (const [doc, count] of times) if (count === new Set(terms).size) passed[doc] = 255;
  }
  const inTime = query.from || query.until ? await spans(segment, query) : () => true;
  return (doc) => passed[doc] === query.facets.length && inTime(doc);
}

// Whole months are known at once; only a day within a month needs the days.
async function spans(segment, { from, until }) {
  const isWhole = [from, until].every((day) => !day || day.endsWith("-01"));
  const dates = segment.dated(isWhole ? null : await segment.days());
  return (doc) => (!from || dates(doc) >= from) && (!until || dates(doc) < until);
}

async function arrange(index, results, sort) {
  const byScore = (a, b) => b.score - a.score || place(b) - place(a);
  const place = (each) => each.segment.before + each.doc;
  if (!sort) return results.sort(byScore);
  for (const segment of index.segments) {
    const keys = sort === "upvotes" ? await segment.upvotes() : null, dates = keys ? null : segment.dated(await segment.days());
    for (const each of results) if (each.segment === segment) each.key = keys ? keys[each.doc] : dates(each.doc);
  }
  return results.sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : byScore(a, b)));
}

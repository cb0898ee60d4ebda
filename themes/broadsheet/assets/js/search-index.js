// The index in the browser: fetches its files, unpacks and remembers them. docs/search.md says what they hold.

const FORMAT = 4, CHUNK = 20, FEW_FILES = 3;
const FIELDS = 4, ABSTRACT = 3;

export class Unreachable extends Error {}

// Every file by its address, so that none is asked for twice. One that failed is forgotten.
const files = new Map();

function load(url, decode, how) {
  if (!files.has(url)) {
    const wanted = fetchBox(url, how).then(decode);
    files.set(url, wanted);
    wanted.catch(() => files.delete(url));
  }
  return files.get(url);
}

// A file may refer to the primer, as if that stood before it: so it goes first, as a deflate block of its own.
async function fetchBox(url, { cache, primer = [] } = {}) {
  try {
    const response = await fetch(url, { cache });
    if (!response.ok) throw url;
    const size = primer.length, head = [0, size, size >> 8, ~size, ~size >> 8];
    const whole = new Blob([new Uint8Array([...head, ...primer]), await response.blob()]);
    const raw = whole.stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return columns(new Uint8Array(await new Response(raw).arrayBuffer()).subarray(size));
  } catch {
    throw new Unreachable(url);
  }
}

export function numbers(bytes) {
  const out = [];
  for (let i = 0; i < bytes.length; i++) {
    let number = bytes[i] & 127;
    for (let shift = 7; bytes[i] > 127; shift += 7) number |= (bytes[++i] & 127) << shift;
    out.push(number);
  }
  return out;
}

// A box: how many columns, how long each is, then the columns, which reach to the end.
function columns(bytes) {
  const [count, ...after] = numbers(bytes.subarray(0, 64)), sizes = after.slice(0, count);
  let at = bytes.length - sizes.reduce((sum, each) => sum + each, 0);
  return sizes.map((size) => bytes.subarray(at, (at += size)));
}

const text = (bytes) => new TextDecoder().decode(bytes);
const lines = (bytes) => text(bytes).split("\n");

function frontCoded(bytes) {
  let before = "";
  return lines(bytes).map((line) => (before = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1)));
}

const shardOf = (cuts, name) => cuts.findLastIndex((cut) => cut <= name);

// Reads bits from the highest down: `one`, a number of `size`, or how many noughts stand before a one, which it takes.
function bitsOf(bytes) {
  let at = 0;
  const one = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  const number = (size, start = 0) => Array.from({ length: size }).reduce((sum) => sum * 2 + one(), start);
  const noughts = () => { let n = 0; while (!one()) n++; return n; };
  return { one, number, noughts };
}

// How many papers lie before each that holds a term, as `rice` in generator/search/codec.py writes it.
function gapsOf(bytes, papers, all) {
  const out = [], { one } = bitsOf(bytes);
  for (const size of papers) {
    const width = Math.max(0, 31 - Math.clz32((all * 3) / (size * 4)));
    for (let n = 0; n < size; n++) {
      let gap = 0;
      while (!one()) gap++;
      for (let i = 0; i < width; i++) gap = gap * 2 + one();
      out.push(gap);
    }
  }
  return out;
}

class Segment {
  // `its` is what index.bin says of it: `folder`, `papers`, `votes`, `records`; `topicBits` what the number of a topic takes.
  constructor(root, its, topicBits, [told, terms, words, lengths, primer], before, base) {
    const { totals, months } = JSON.parse(text(told));
    let sum = 0;
    Object.assign(this, its, { root, topicBits, totals, before, folder: `${root}${its.folder}/` });
    this.months = months.flatMap(([month, papers]) => new Array(papers).fill(month));
    this.termCuts = lines(terms);
    this.wordCuts = lines(words);
    this.lengths = numbers(lengths).map((n) => (sum += n & 1 ? -(n + 1) / 2 : n / 2));
    this.primer = base?.primer ?? primer;
  }

  // The papers that hold a term, or null: `docs`; `hits`, four numbers for each paper and field that hold it (which
  // paper, which field, how often, how long the field is); in how many papers each field holds it (`fields`).
  async term(name) {
    const shard = await load(`${this.folder}t${shardOf(this.termCuts, name)}.bin`, ([names, papers, gaps, masks, ...rest]) => {
      const held = numbers(papers);
      return { names: frontCoded(names), papers: held, gaps: gapsOf(gaps, held, this.papers), masks, rest: rest.map(numbers) };
    });
    const which = shard.names.indexOf(name);
    if (which < 0) return null;
    const [counts, ...long] = shard.rest, docs = [], hits = [], fields = [0, 0, 0, 0], next = [0, 0, 0];
    const before = shard.papers.slice(0, which).reduce((sum, each) => sum + each, 0);
    let count = 0, doc = -1;
    for (let at = 0; at < before + shard.papers[which]; at++) {
      const mask = shard.masks[at], isOurs = at >= before;
      if (isOurs) docs.push(doc += shard.gaps[at] + 1);
      for (let field = 0; field < FIELDS; field++) {
        if (!(mask & (1 << field))) continue;
        const often = mask & (16 << field) ? counts[count++] + 2 : 1;
        const length = field === ABSTRACT ? this.lengths[doc] : long[field][next[field]++];
        if (isOurs) hits.push(doc, field, often, length), fields[field]++;
      }
    }
    return { docs, hits, fields };
  }

  // The words that begin with `prefix`, as [word, how often]; of a few files at most.
  async words(prefix) {
    const first = shardOf(this.wordCuts, prefix), last = shardOf(this.wordCuts, prefix + "\uffff");
    const asked = Array.from({ length: Math.min(last - first + 1, FEW_FILES) }, (_, i) => load(`${this.folder}w${first + i}.bin`, ([names, often]) => {
      const times = numbers(often);
      return frontCoded(names).map((word, n) => [word, times[n]]);
    }));
    return (await Promise.all(asked)).flat().filter(([word]) => word.startsWith(prefix));
  }

  async record(doc) {
    const chunk = Math.floor(doc / CHUNK), name = this.records[chunk];
    const records = await load(name ? `${this.root}records/${name}.bin` : `${this.folder}r${chunk}.bin`, ([values, texts]) => {
      const all = lines(texts), { one, number, noughts } = bitsOf(values), size = Math.min(CHUNK, this.papers - chunk * CHUNK);
      const ids = all.splice(3 * size);
      return Array.from({ length: size }, (_, i) => {
        const date = number(5), code = one(), goesOn = one(), topics = [], author = all[size + i];
        while (one()) topics.push(number(this.topicBits));
        const others = number(noughts(), 1) - 1, month = this.months[chunk * CHUNK + i];
        return {
          id: one() ? `${month.slice(2, 4)}${month.slice(5)}.${String(number(17)).padStart(5, "0")}` : ids.shift(),
          title: all[i], teaser: all[2 * size + i] + (goesOn ? " …" : ""), day: `${month}-${String(date).padStart(2, "0")}`,
          code, authors: author && others ? `${author} and ${others} more` : author, topics,
        };
      });
    }, { primer: this.primer });
    return records[doc % CHUNK];
  }

  // The day of a paper, `2025-03-07`, by those of the month; without them the first of its month.
  dated(days) {
    return (doc) => `${this.months[doc]}-${String(days?.[doc] ?? 1).padStart(2, "0")}`;
  }

  days() { return load(`${this.folder}days.bin`, ([days]) => days); }
  upvotes() { return load(`${this.folder}${this.votes}`, ([votes]) => numbers(votes)); }
}

// The index of the site at `root`. `fresh` asks the host again, past every cache.
export async function openIndex(root, fresh = false) {
  const folder = `${root}search/`;
  if (fresh) files.clear();
  const [head, ...about] = await load(`${folder}index.bin`, (box) => box, fresh ? { cache: "reload" } : {});
  const told = JSON.parse(text(head));
  if (told.format !== FORMAT) throw new Unreachable("format");
  const segments = [], topicBits = 32 - Math.clz32(Math.max(told.topics.length - 1, 1));
  let before = 0;
  for (const its of told.segments) {
    const isLast = its === told.segments.at(-1);
    segments.push(new Segment(folder, its, topicBits, isLast ? about : await load(`${folder}${its.folder}/about.bin`, (box) => box), before, segments[0]));
    before += its.papers;
  }
  const averages = segments[0].totals.map((_, field) => segments.reduce((sum, each) => sum + each.totals[field], 0) / before);
  return { segments, papers: before, averages, topics: told.topics };
}

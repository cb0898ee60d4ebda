// The index in the browser: fetches its files, unpacks and remembers them. docs/search.md says what they hold.

const BITS = Uint8Array.from({ length: 256 }, (_, n) => n.toString(2).replaceAll("0", "").length);
const CHUNK = 20;
const FORMAT = 3;
const FIELDS = 4;
const ABSTRACT = 3;

export class Unreachable extends Error {}

// Every file by its address, so that none is asked for twice. One that failed is forgotten.
const files = new Map();

function load(url, decode, { cache, primer } = {}) {
  if (!files.has(url)) {
    const wanted = fetchBox(url, cache, primer).then(decode);
    files.set(url, wanted);
    wanted.catch(() => files.delete(url));
  }
  return files.get(url);
}

// A file may refer to the primer, as if that stood before it: so it goes first, as a deflate block of its own.
async function fetchBox(url, cache = "default", primer = new Uint8Array()) {
  try {
    const response = await fetch(url, { cache });
    if (!response.ok) throw url;
    const size = primer.length, head = [0, size, size >> 8, ~size, ~size >> 8];
    const whole = new Blob([...(size ? [new Uint8Array(head), primer] : []), await response.arrayBuffer()]);
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

function columns(bytes) {
  let at = 0;
  const number = () => {
    const start = at;
    while (bytes[at++] > 127);
    return numbers(bytes.subarray(start, at))[0];
  };
  const lengths = Array.from({ length: number() }, number);
  return lengths.map((length) => bytes.subarray(at, (at += length)));
}

const text = (bytes) => new TextDecoder().decode(bytes);
const lines = (bytes) => text(bytes).split("\n");
const unzigzag = (n) => n & 1 ? -(n + 1) / 2 : n / 2;
const padded = (n, size) => String(n).padStart(size, "0");

function frontCoded(bytes) {
  let before = "";
  return lines(bytes).map((line) => (before = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1)));
}

// The last of `cuts` that is not above `name`.
function shardOf(cuts, name) {
  let low = 0, high = cuts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (cuts[middle] <= name) low = middle; else high = middle - 1;
  }
  return low;
}

// How many papers lie before each that holds a term, as `rice` in generator/search/codec.py writes it.
function gapsOf(bytes, papers, all) {
  const out = [];
  let at = 0;
  const bit = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  for (const size of papers) {
    const width = Math.max(0, 31 - Math.clz32((all * 3) / (size * 4)));
    for (let n = 0; n < size; n++) {
      let gap = 0;
      while (!bit()) gap++;
      for (let i = 0; i < width; i++) gap = gap * 2 + bit();
      out.push(gap);
    }
  }
  return out;
}

class Segment {
  constructor(folder, votes, recordsOf, [told, terms, words, lengths, primer], before, base) {
    const { papers, totals, months } = JSON.parse(text(told));
    let sum = 0;
    Object.assign(this, { folder, papers, totals, months, before, votesFile: votes, recordsOf });
    this.termCuts = lines(terms);
    this.wordCuts = lines(words);
    this.lengths = numbers(lengths).map((n) => (sum += unzigzag(n)));
    this.primer = base?.primer ?? primer;
  }

  // The papers that hold a term, or null: `docs`; for each of them and each field how often (`often`) and how long
  // the field is (`lengths`); in how many papers each field holds it (`fields`).
  async term(name) {
    const shard = await load(`${this.folder}t${shardOf(this.termCuts, name)}.bin`, ([names, papers, gaps, masks, ...rest]) => {
      const held = numbers(papers);
      return { names: frontCoded(names), papers: held, gaps: gapsOf(gaps, held, this.papers), masks, rest: rest.map(numbers) };
    });
    const which = shard.names.indexOf(name);
    if (which < 0 || !shard.papers[which]) return null;
    const [counts, ...long] = shard.rest, next = [0, 0, 0];
    let at = 0, count = 0, doc = -1;
    for (let i = 0; i < which; i++) at += shard.papers[i];
    for (let i = 0; i < at; i++) {
      count += BITS[shard.masks[i] >> 4];
      for (let field = 0; field < ABSTRACT; field++) next[field] += (shard.masks[i] >> field) & 1;
    }
    const size = shard.papers[which], fields = [0, 0, 0, 0];
    const docs = new Uint32Array(size), often = new Uint32Array(size * FIELDS), lengths = new Uint32Array(size * FIELDS);
    for (let i = 0; i < size; i++) {
      const mask = shard.masks[at + i];
      docs[i] = doc += shard.gaps[at + i] + 1;
      for (let field = 0; field < FIELDS; field++) {
        if (!(mask & (1 << field))) continue;
        fields[field]++;
        often[i * FIELDS + field] = mask & (16 << field) ? counts[count++] + 2 : 1;
        lengths[i * FIELDS + field] = field === ABSTRACT ? this.lengths[doc] : long[field][next[field]++];
      }
    }
    return { docs, often, lengths, fields };
  }

  // The words that begin with `prefix`, as [word, how often]; of at most `most` files.
  async words(prefix, most) {
    const first = shardOf(this.wordCuts, prefix), last = shardOf(this.wordCuts, prefix + "\uffff");
    const asked = [];
    for (let i = first; i <= last && asked.length < most; i++) {
      asked.push(load(`${this.folder}w${i}.bin`, ([names, often]) => {
        const times = numbers(often);
        return times.length ? frontCoded(names).map((word, n) => [word, times[n]]) : [];
      }));
    }
    return (await Promise.all(asked)).flat().filter(([word]) => word.startsWith(prefix));
  }

  async record(doc) {
    const records = await load(this.recordsOf(Math.floor(doc / CHUNK)), ([values, texts]) => {
      const all = lines(texts), figures = numbers(values), out = [];
      let at = 0, yearMonth = 0, odd = 0;
      while (at < figures.length) {
        const [day, bits] = figures.slice(at, (at += 2)), topics = figures.slice(at, (at += bits >> 2)), others = figures[at++];
        const moved = figures[at++] - 1;
        if (moved >= 0) yearMonth += unzigzag(moved);
        out.push({ day, code: bits & 1, isCut: bits & 2, topics, others, id: moved < 0 ? -++odd : `${padded(yearMonth, 4)}.${padded(figures[at++], 5)}` });
      }
      const size = out.length;
      return out.map(({ id, isCut, others, ...each }, i) => ({
        ...each, id: id < 0 ? all[3 * size - id - 1] : id, title: all[i],
        authors: all[size + i] + (all[size + i] && others ? ` and ${others.toLocaleString("en")} more` : ""),
        teaser: all[2 * size + i] + (isCut ? " …" : ""),
      }));
    }, { primer: this.primer });
    const record = records[doc % CHUNK];
    return { ...record, day: `${this.monthOf(doc)}-${padded(record.day, 2)}` };
  }

  monthOf(doc) {
    for (const [month, papers] of this.months) if ((doc -= papers) < 0) return month;
  }

  days() { return load(`${this.folder}days.bin`, ([days]) => days); }
  votes() { return load(`${this.folder}${this.votesFile}`, ([votes]) => numbers(votes)); }
}

// The index of the site at `root`. `fresh` asks the host again, past every cache.
export async function openIndex(root, fresh = false) {
  const folder = `${root}search/`;
  if (fresh) files.clear();
  const [head, ...about] = await load(`${folder}index.bin`, (box) => box, { cache: fresh ? "reload" : "default" });
  const told = JSON.parse(text(head));
  if (told.format !== FORMAT) throw new Unreachable("format");
  const segments = [];
  let before = 0;
  for (const [i, { folder: name, votes, papers, records }] of told.segments.entries()) {
    const own = `${folder}${name}/`;
    const recordsOf = (n) => records.length ? `${folder}records/${records[n]}.bin` : `${own}r${n}.bin`;
    const isLast = i === told.segments.length - 1;
    segments.push(new Segment(own, votes, recordsOf, isLast ? about : await load(`${own}about.bin`, (box) => box), before, segments[0]));
    before += papers;
  }
  const lengths = [0, 1, 2, 3].map((field) => segments.reduce((sum, each) => sum + each.totals[field], 0) / before);
  return { segments, papers: before, averages: lengths, topics: told.topics };
}

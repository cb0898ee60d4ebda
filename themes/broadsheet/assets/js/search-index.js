// The index in the browser: fetches its files, unpacks and remembers them. docs/search.md says what they hold.

const BITS = Uint8Array.from({ length: 256 }, (_, n) => n.toString(2).replaceAll("0", "").length);
export const CHUNK = 16;
const FORMAT = 2;
const FIELDS = 4;
const ABSTRACT = 3;

export class Unreachable extends Error {}

// Every file by its address, so that none is asked for twice. One that failed is forgotten.
const files = new Map();

function load(url, decode, cache = "default") {
  if (!files.has(url)) {
    const wanted = fetchBox(url, cache).then(decode);
    files.set(url, wanted);
    wanted.catch(() => files.delete(url));
  }
  return files.get(url);
}

async function fetchBox(url, cache) {
  let response;
  try {
    response = await fetch(url, { cache });
  } catch {
    throw new Unreachable(url);
  }
  if (!response.ok) throw new Unreachable(url);
  try {
    const raw = response.body.pipeThrough(new DecompressionStream("deflate-raw"));
    return columns(new Uint8Array(await new Response(raw).arrayBuffer()));
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

class Segment {
  constructor(folder, votes, recordsOf, [told, terms, words, lengths], before) {
    const { papers, totals, months } = JSON.parse(text(told));
    let sum = 0;
    Object.assign(this, { folder, papers, totals, months, before, votesFile: votes, recordsOf });
    this.termCuts = lines(terms);
    this.wordCuts = lines(words);
    this.lengths = numbers(lengths).map((n) => (sum += n & 1 ? -(n + 1) / 2 : n / 2));
  }

  // The papers that hold a term, or null: `docs`; for each of them and each field how often (`often`) and how long
  // the field is (`lengths`); in how many papers each field holds it (`fields`).
  async term(name) {
    const shard = await load(`${this.folder}t${shardOf(this.termCuts, name)}.bin`, (box) => ({
      names: frontCoded(box[0]), papers: numbers(box[1]), gaps: numbers(box[2]), masks: box[3],
      counts: numbers(box[4]), lengths: numbers(box[5]),
    }));
    const which = shard.names.indexOf(name);
    if (which < 0 || !shard.papers[which]) return null;
    let at = 0, count = 0, length = 0, doc = -1;
    for (let i = 0; i < which; i++) at += shard.papers[i];
    for (let i = 0; i < at; i++) {
      count += BITS[shard.masks[i] >> 4];
      length += BITS[shard.masks[i] & 7];
    }
    const size = shard.papers[which], fields = [0, 0, 0, 0];
    const docs = new Uint32Array(size), often = new Uint32Array(size * FIELDS), lengths = new Uint32Array(size * FIELDS);
    for (let i = 0; i < size; i++) {
      const mask = shard.masks[at + i];
      docs[i] = doc += shard.gaps[at + i] + 1;
      for (let field = 0; field < FIELDS; field++) {
        if (!(mask & (1 << field))) continue;
        fields[field]++;
        often[i * FIELDS + field] = mask & (16 << field) ? shard.counts[count++] + 2 : 1;
        lengths[i * FIELDS + field] = field === ABSTRACT ? this.lengths[doc] : shard.lengths[length++];
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
      const all = lines(texts), figures = numbers(values), size = all.length / 4;
      return Array.from({ length: size }, (_, i) => {
        const [day, code, topics] = figures.splice(0, 3);
        return {
          id: all[i], title: all[size + i], authors: all[2 * size + i], teaser: all[3 * size + i],
          day, code, topics: figures.splice(0, topics),
        };
      });
    });
    const record = records[doc % CHUNK];
    return { ...record, day: `${this.monthOf(doc)}-${String(record.day).padStart(2, "0")}` };
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
  const [head, ...about] = await load(`${folder}index.bin`, (box) => box, fresh ? "reload" : "default");
  const told = JSON.parse(text(head));
  if (told.format !== FORMAT) throw new Unreachable("format");
  const segments = [];
  let before = 0;
  for (const [i, { folder: name, votes, papers, records }] of told.segments.entries()) {
    const own = `${folder}${name}/`;
    const recordsOf = (n) => records.length ? `${folder}records/${records[n]}.bin` : `${own}r${n}.bin`;
    const isLast = i === told.segments.length - 1;
    segments.push(new Segment(own, votes, recordsOf, isLast ? about : await load(`${own}about.bin`, (box) => box), before));
    before += papers;
  }
  const lengths = [0, 1, 2, 3].map((field) => segments.reduce((sum, each) => sum + each.totals[field], 0) / before);
  return { segments, papers: before, averages: lengths, topics: told.topics };
}

// Words of the archive: what a beginning may become, and what a word that nobody wrote may have meant.

const FEW_FILES = 3;

async function wordsWith(index, prefix) {
  const found = new Map();
  for (const words of await Promise.all(index.segments.map((each) => each.words(prefix, FEW_FILES)))) {
    for (const [word, often] of words) found.set(word, (found.get(word) ?? 0) + often);
  }
  return [...found];
}

// The most frequent words that begin with `prefix`.
export async function completions(index, prefix, most = 4) {
  const found = await wordsWith(index, prefix);
  return found.sort((a, b) => b[1] - a[1]).slice(0, most).map(([word]) => word);
}

// Words at most two slips away from `word` (one, where it is short), the nearest and most frequent first.
export async function corrections(index, word, most = 3) {
  const slips = word.length < 5 ? 1 : 2;
  for (const beginning of [2, 1]) {
    const starts = new Set([word.slice(0, beginning), word[1] + (beginning > 1 ? word[0] : "")]);
    const found = (await Promise.all([...starts].map((start) => wordsWith(index, start)))).flat();
    const near = found.map(([each, often]) => [each, often, distance(word, each, slips)]).filter((each) => each[2] <= slips);
    near.sort((a, b) => a[2] - b[2] || b[1] - a[1]);
    if (near.length) return [...new Set(near.map(([each]) => each))].slice(0, most);
  }
  return [];
}

// How many letters must be put in, left out, exchanged or swapped with the next; above `most`, some number above it.
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let older = [], before = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, before] = [before, row];
  }
  return before[other.length];
}

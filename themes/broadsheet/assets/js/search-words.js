// Words of the archive: what a beginning may become, and what a word that nobody wrote may have meant.

// The words of `segments` that begin with one of `starts`, as [word, how often].
async function wordsWith(segments, ...starts) {
  const found = new Map();
  const asked = segments.flatMap((each) => [...new Set(starts)].map((start) => each.words(start)));
  for (const [word, often] of (await Promise.all(asked)).flat()) found.set(word, (found.get(word) ?? 0) + often);
  return [...found];
}

// The most frequent words that begin with `prefix`.
export async function completions(index, prefix, most = 4) {
  const found = await wordsWith(index.segments, prefix);
  return found.sort((a, b) => b[1] - a[1]).slice(0, most).map(([word]) => word);
}

// Words at most two slips away from `word` (one, where it is short) or that it begins, the nearest and most frequent
// first. Looks where the answer nearly always is, in the older papers and with the same beginning, before it asks for more.
export async function corrections(index, word, most = 3) {
  const slips = word.length < 5 ? 1 : 2, { segments } = index, two = word.slice(0, 2);
  for (const [where, ...starts] of [[segments.slice(0, 1), two], [segments, two, word[1] + word[0]], [segments, word[0], word[1]]]) {
    const near = (await wordsWith(where, ...starts)).map(([each, often]) => [each, often, each.startsWith(word) ? slips : distance(word, each, slips)]);
    const good = near.filter((each) => each[2] <= slips).sort((a, b) => a[2] - b[2] || b[1] - a[1]);
    if (good.length) return good.slice(0, most).map(([each]) => each);
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

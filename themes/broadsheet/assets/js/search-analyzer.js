// Text to terms: the same rules as generator/search/analyzer.py, which builds the index. Change both or neither.

const STOP_WORDS = new Set((
  "a able about across after all almost also am among an and any are as at be because been but by can cannot " +
  "could dear did do does either else ever every for from get got had has have he her hers him his how however " +
  "i if in into is it its just least let like likely may me might most must my neither no nor not of off often " +
  "on only or other our own rather said say says she should since so some than that the their them then there " +
  "these they this tis to too twas us wants was we were what when where which while who whom why will with " +
  "would yet you your " +
  "").trim().split(" "));
const LETTERS = {
  "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ς": "σ",
  "‘": "'", "’": "'", "ʼ": "'", "′": "'",
};
const TOKEN = /[\p{L}\p{N}]+(?:\.(?<=[0-9]\.)(?=[0-9])[\p{L}\p{N}]+)*(?:\+\+|(?<=(?<![\p{L}\p{N}])[cf])#(?![\p{L}\p{N}_]))?/gu;

export function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[ßøłđæœıþðς‘’ʼ′]/g, (c) => LETTERS[c]);
}

// The words of a text in order, folded.
export function tokens(text) {
  return fold(text).replace(/'s(?![\p{L}\p{N}_])/gu, "").replaceAll("'", "").match(TOKEN) || [];
}

// What a token is indexed as; empty for a stop word.
export function term(token) {
  if (STOP_WORDS.has(token)) return "";
  if (/^[a-z]{3,}$/.test(token)) return stem(token);
  return token.replace(/^([0-9]{4}\.[0-9]{4,5})v[0-9]+$/, "$1");
}

export function terms(text) {
  return tokens(text).map(term).filter(Boolean);
}

// The arXiv id that a text is, however it is written; empty where it is none.
export function arxivId(text) {
  return /^\s*(?:https?:\/\/)?(?:arxiv\.org\/(?:abs|pdf)\/|arxiv:)?\s*(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?\s*$/i.exec(text)?.[1] || "";
}

// Porter's stemmer with lunr.py's departures. `word` is what is left; `at` is where the ending begins that `ends`
// has found, and every measure is taken of what stands before it.
function stem(word) {
  let at = 0;
  const isConsonant = (i) => {
    const c = word[i];
    if ("aeiou".includes(c)) return false;
    return c !== "y" || i === 0 || !isConsonant(i - 1);
  };
  const ends = (ending) => {
    if (!word.endsWith(ending)) return false;
    at = word.length - ending.length;
    return true;
  };
  const measure = () => {
    let groups = 0, wasVowel = false;
    for (let i = 0; i < at; i++) {
      const isVowel = !isConsonant(i);
      if (wasVowel && !isVowel) groups++;
      wasVowel = isVowel;
    }
    return groups;
  };
  const hasVowel = () => { for (let i = 0; i < at; i++) if (!isConsonant(i)) return true; return false; };
  const isDouble = (i) => i > 0 && word[i] === word[i - 1] && isConsonant(i);
  const isShort = (i) => i > 1 && isConsonant(i) && !isConsonant(i - 1) && isConsonant(i - 2) && !"wxy".includes(word[i]);
  const set = (ending) => { word = word.slice(0, at) + ending; };
  // The first ending of the list that the word has: it is exchanged where enough stands before it.
  const exchange = (pairs) => {
    for (const pair of pairs.split(" ")) {
      const [ending, other] = pair.split(">");
      if (ends(ending)) { if (measure() > 0) set(other); return; }
    }
  };

  if (word.endsWith("s")) {
    if (ends("sses")) word = word.slice(0, -2);
    else if (ends("ies")) set("i");
    else if (word.at(-2) !== "s") word = word.slice(0, -1);
  }
  if (ends("eed")) {
    if (measure() > 0) word = word.slice(0, -1);
  } else if ((ends("ed") || ends("ing")) && hasVowel()) {
    word = word.slice(0, at);
    const last = word.length - 1;
    if (ends("at") || ends("bl") || ends("iz")) word += "e";
    else if (isDouble(last)) { if (!"lsz".includes(word[last])) word = word.slice(0, -1); }
    else if (measure() === 1 && isShort(last)) word += "e";
  }
  if (ends("y") && hasVowel()) set("i");
  exchange(STEP_2);
  exchange(STEP_3);
  const ending = STEP_4.find((each) => ends(each));
  if (ending && !(ending === "ion" && !"st".includes(word[at - 1] || " ")) && measure() > 1) word = word.slice(0, at);
  at = word.length;
  if (word.endsWith("e")) {
    const groups = measure();
    if (groups > 1 || (groups === 1 && !isShort(word.length - 2))) word = word.slice(0, -1);
  }
  if (word.endsWith("l") && isDouble(word.length - 1) && measure() > 1) word = word.slice(0, -1);
  return word;
}

const STEP_2 = "ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble logi>log";
const STEP_3 = "icate>ic ative> alize>al iciti>ic ical>ic ful> ness>";
const STEP_4 = "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split(" ");

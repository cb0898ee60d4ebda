// What a reader keeps, on this device only. Storage can be forbidden, full, damaged or written by a newer page: then
// memory serves, `problem` says so, and no page breaks.

export const root = new URL("../../", import.meta.url);
const VERSION = 1;
const KEY = `papers-reading:${root.pathname}`;
const NOTHING = "This browser keeps nothing for this site: your list is gone when you leave the page.";

export let problem = "";
export let isDamaged = false;
let memory = null; // stands in for storage that does not keep
let isLeftAlone = false; // what is kept there is not ours to overwrite

const text = (value) => (typeof value === "string" ? value.slice(0, 20000) : "");
const day = (value) => (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : "");
const list = (value) => (Array.isArray(value) ? value : []);
const isId = (value) => typeof value === "string" && /^[A-Za-z0-9]([\w.-]{0,98}[A-Za-z0-9])?$/.test(value);
const moment = (value) => (typeof value === "string" && Date.parse(value) > 0 ? new Date(value).toISOString() : "");

function paper(value) {
  return {
    id: value.id,
    title: text(value.title) || value.id,
    authors: list(value.authors).map(text).filter(Boolean),
    isWhole: value.isWhole === true, // whether these are all its authors
    bibtex: text(value.bibtex), // as its page had it
    published: day(value.published),
    day: day(value.day),
    saved: moment(value.saved),
    note: text(value.note),
  };
}

// What is sound in `value`, whoever wrote it: this page, an older one, or a file from anywhere.
export function sound(value) {
  const visit = value?.visit ?? {};
  const papers = list(value?.papers).filter((each) => isId(each?.id)).map(paper);
  return {
    papers: new Map(papers.map((each) => [each.id, each])),
    read: new Set(list(value?.read).filter(isId)),
    isHiding: value?.isHiding === true,
    visit: { since: day(visit.since), newest: day(visit.newest), at: Number(visit.at) || 0 },
  };
}

export function packed(state, indent) {
  const { papers, read, ...rest } = state;
  return JSON.stringify({ version: VERSION, papers: [...papers.values()], read: [...read], ...rest }, null, indent);
}

export const isList = (value) => Array.isArray(value?.papers) || Array.isArray(value?.read);
export const isNewer = (value) => isList(value) && value.version > VERSION;

export function load() {
  if (memory) return memory;
  let kept = null, value = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    problem = NOTHING;
    return (memory = sound());
  }
  if (!kept) return sound();
  try { value = JSON.parse(kept); } catch { /* damaged */ }
  if (isNewer(value)) {
    problem = "Your reading list was written by a newer version of this page, and is left as it is.";
    isLeftAlone = true;
    return (memory = sound());
  }
  if (isList(value)) return sound(value);
  problem = "What this browser kept of your reading list is damaged. It is put aside, and a new list begins.";
  isDamaged = true;
  try {
    localStorage.setItem(`${KEY}:damaged`, kept);
    localStorage.removeItem(KEY);
  } catch {
    isLeftAlone = true;
    memory = sound();
  }
  return memory ?? sound();
}

// Changes what is kept, read anew since another tab may have written. Answers whether it is kept.
export function change(how) {
  const state = load();
  how(state);
  if (isLeftAlone) return false;
  try {
    localStorage.setItem(KEY, packed(state));
    memory = null;
    problem = "";
    return true;
  } catch (error) {
    problem = error?.name === "QuotaExceededError"
      ? "The storage of this browser is full: your list is gone when you leave the page." : NOTHING;
    memory = state;
    return false;
  }
}

export function onChange(what) {
  addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) what(); });
}

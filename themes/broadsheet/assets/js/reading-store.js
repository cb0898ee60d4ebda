// What a reader keeps, on this device only: saved papers with notes, what is read, the last visit. Nothing here may
// break a page: storage can be forbidden, full, damaged or written by a newer page. Then memory serves, and `problem`
// says so.

export const root = new URL("../../", import.meta.url);
const VERSION = 1;
const KEY = `papers-reading:${root.pathname}`;
const MOST = { title: 1000, author: 200, authors: 2000, note: 20000, papers: 20000, read: 200000 };

export let problem = "";
export let isDamaged = false;
let memory = null; // stands in for storage that does not keep
let isLeftAlone = false; // what is kept there is not ours to overwrite

const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");
const day = (value) => (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : "");
const list = (value, most) => (Array.isArray(value) ? value.slice(0, most) : []);
const isId = (value) => typeof value === "string" && /^[A-Za-z0-9]([\w.-]{0,98}[A-Za-z0-9])?$/.test(value);
const moment = (value) => (typeof value === "string" && Date.parse(value) > 0 ? new Date(value).toISOString() : "");

function paper(value) {
  return {
    id: value.id,
    title: text(value.title, MOST.title) || value.id,
    authors: list(value.authors, MOST.authors).map((name) => text(name, MOST.author)).filter(Boolean),
    isWhole: value.isWhole === true, // whether these are all its authors
    published: day(value.published),
    day: day(value.day),
    saved: moment(value.saved),
    note: text(value.note, MOST.note),
  };
}

// What is sound in `value`, whoever wrote it: this page, an older one, or a file from anywhere.
export function sound(value) {
  const visit = value?.visit ?? {};
  const papers = list(value?.papers, MOST.papers).filter((each) => isId(each?.id)).map(paper);
  return {
    papers: new Map(papers.map((each) => [each.id, each])),
    read: new Set(list(value?.read, MOST.read).filter(isId)),
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
    problem = "This browser keeps nothing for this site: your list is gone when you leave the page.";
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

// Changes what is kept, read anew since another tab may have written. Whether it is kept; else `problem` says why not.
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
      ? "The storage of this browser is full: this is gone when you leave the page."
      : "This browser keeps nothing for this site: this is gone when you leave the page.";
    memory = state;
    return false;
  }
}

// Calls `what` when another tab has changed the list.
export function onChange(what) {
  addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) what(); });
}

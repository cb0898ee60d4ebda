// Save, mark read, hide what is read, and a gentle mark on what came since the last visit.

import { change, isDamaged, load, onChange, problem, root } from "./reading-store.js";

const VISIT = 2 * 60 * 60 * 1000; // after two hours without a page, the next begins a new visit
const LISTS = ".papers:not(.search-results, .reading-list)";
const PLACES = ".papers > li, article.paper";
const kept = new WeakMap(); // what the reading list knows of a card
let state = load(), status;
const warning = isDamaged ? problem : ""; // whatever is kept next clears it

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(text, className, action) {
  const made = element("button", { type: "button", className }, text);
  made.addEventListener("click", action);
  return made;
}

// Tells everybody, also those who do not see it.
export function say(text) {
  status.textContent = "";
  clearTimeout(status.timer);
  setTimeout(() => { status.textContent = text; }, 50); // so that the same text twice is told twice
  status.timer = setTimeout(() => { status.textContent = ""; }, Math.max(2500, 100 * text.length));
}

const titleOf = (place) => place.querySelector(".headline a, h1");
const titleText = (place) => { // with the TeX of its formulas, as a list of references wants it
  const copy = titleOf(place).cloneNode(true);
  for (const each of copy.querySelectorAll("math")) each.replaceWith(`$${(each.querySelector("annotation") ?? each).textContent}$`);
  return copy.textContent.trim();
};
const idOf = (place) => (titleOf(place).pathname ?? location.pathname).split("/").at(-2);
export const addressOf = (id) => new URL(`papers/${id}/`, root).href; // an id needs no escaping

function dayOf(place) {
  const own = place.querySelector(".figures time, .kicker time, summary time") ?? document.querySelector("h1 time");
  return /^\d{4}-\d\d-\d\d$/.test(own?.dateTime) ? own.dateTime : "";
}

// What a paper's page says for citing it; `page` is the document.
function facts(page) {
  const names = [...page.querySelectorAll("meta[name=citation_author]")].map(({ content }) => {
    const [family, given, suffix] = content.split(", ");
    return [given, family, suffix].filter(Boolean).join(" ");
  });
  const published = [...page.querySelectorAll(".facts dt")].find((each) => each.textContent === "Published");
  return { authors: names, isWhole: names.length > 0, bibtex: page.querySelector(".cite pre")?.textContent, published: published?.nextElementSibling.querySelector("time")?.dateTime ?? "" };
}

const isBrief = (bibtex) => / and others}/.test(bibtex);

// The page of a crowd names some in BibTeX `and others`; the file of its day, where there is one, names all.
export async function wholeBibtex(page) {
  const brief = page.querySelector(".cite pre").textContent, [start] = /^.*\n/.exec(brief);
  const day = page.querySelector("link[rel=linkset]")?.getAttribute("href");
  if (!isBrief(brief) || !day) return brief;
  try {
    const answer = await fetch(new URL("papers.bib", new URL(day, root)));
    const text = answer.ok ? await answer.text() : "", at = text.indexOf(start);
    return at < 0 ? brief : text.slice(at, text.indexOf("\n}\n", at) + 3);
  } catch {
    return brief;
  }
}

export async function fetchFacts(id) {
  const answer = await fetch(addressOf(id));
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html"), found = facts(page);
  if (!found.bibtex) throw new Error(`${id}: its page cannot be had`);
  return { ...found, bibtex: await wholeBibtex(page) };
}

// A card names three authors only, so the page is asked; offline, that is done when citing.
function complete(id) {
  fetchFacts(id).then((found) => change(({ papers }) => { if (papers.has(id)) Object.assign(papers.get(id), found); })).catch(() => {});
}

export function download(text, name, type) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function described(place, id) {
  const names = place.querySelector(".byline bdi")?.textContent.split(", ") ?? [];
  const known = kept.get(place) ?? { id, title: titleText(place), authors: names, day: dayOf(place), note: "" };
  return { ...known, ...(place.matches("article") ? facts(document) : {}), saved: new Date().toISOString() };
}

function save(place, id) {
  let isSaved = false;
  const isKept = change(({ papers }) => {
    if (papers.has(id)) kept.set(place, papers.get(id)); // a second press brings its note back
    if (!papers.delete(id)) papers.set(id, described(place, id));
    isSaved = papers.has(id);
  });
  const bibtex = isSaved && load().papers.get(id).bibtex;
  if (isSaved && (!bibtex || isBrief(bibtex))) complete(id);
  say(isKept ? (isSaved ? "Saved to your reading list." : "Taken off your reading list.") : problem);
  refresh();
}

function mark(place, id) {
  const isKept = change(({ read }) => { if (!read.delete(id)) read.add(id); });
  const hadFocus = place.contains(document.activeElement);
  let next = place.nextElementSibling;
  refresh();
  if (hadFocus && !place.getClientRects().length) { // it is hidden now: go on with the next that is not
    while (next && !next.getClientRects().length) next = next.nextElementSibling;
    (next?.querySelector(".headline a") ?? document.querySelector(".reading-bar button"))?.focus();
  }
  if (!isKept) say(problem);
}

function dress(place) {
  if (place.querySelector(".own-line") || !titleOf(place)) return;
  const id = idOf(place), title = titleText(place);
  const press = (text, className, key, action) => {
    const made = button(text, className, () => action(place, id));
    made.ariaLabel = `${text}: ${title}`;
    made.setAttribute("aria-keyshortcuts", key);
    return made;
  };
  const line = element("div", { className: "own-line small" },
    element("span", { className: "new", hidden: true }, "New"), press("Save", "save", "s", save), press("Read", "read", "r", mark));
  const details = place.querySelector(":scope > details");
  if (details) { // the buttons share the line of its summary, which a wrapper makes a place for
    const wrapper = element("div", { className: "own-place" });
    details.replaceWith(wrapper);
    wrapper.append(details, line);
  } else (place.querySelector(":scope > .masthead") ?? place).append(line);
  paint(place, id);
}

function paint(place, id = idOf(place)) {
  const [isSaved, isRead] = [state.papers.has(id), state.read.has(id)];
  place.querySelector(".own-line .save").ariaPressed = String(isSaved);
  place.querySelector(".own-line .read").ariaPressed = String(isRead);
  place.classList.toggle("is-read", isRead);
  place.querySelector(".new").hidden = isRead || !state.visit.since || !(dayOf(place) > state.visit.since);
}

export function refresh() {
  state = load();
  document.documentElement.toggleAttribute("data-hide-read", state.isHiding);
  for (const place of document.querySelectorAll(PLACES)) if (place.querySelector(".own-line")) paint(place);
  count();
}

let bar;
function count() {
  if (!bar) return;
  const places = [...document.querySelectorAll(`${LISTS} > li`)];
  const number = (selector) => places.filter((each) => each.matches(selector)).length;
  const [fresh, read] = [number(":has(.new:not([hidden]))"), number(".is-read")];
  bar.firstChild.textContent = fresh ? `${fresh} new since your last visit` : "";
  bar.lastChild.textContent = read ? `Hide read (${read})` : "Hide read";
  bar.lastChild.ariaPressed = String(state.isHiding);
}

function hide() {
  if (!change((all) => { all.isHiding = !all.isHiding; })) say(problem);
  refresh();
}

// Also what another script puts there later.
export function dressList(list) {
  const all = () => { for (const card of list.children) dress(card); count(); };
  all();
  new MutationObserver(all).observe(list, { childList: true });
}

// Remembers the newest day that was seen; what is newer than at the end of the last visit is new until the next.
function visit() {
  const now = Date.now();
  const days = [...document.querySelectorAll(PLACES)].map(dayOf);
  change(({ visit: last }) => {
    if (now - last.at > VISIT || last.at > now) last.since = last.newest;
    last.at = now;
    last.newest = [last.newest, ...days].sort().at(-1);
  });
  state = load();
}

status = element("p", { className: "own-status small", role: "status" });
document.body.append(status);
visit();
if (warning) say(warning);
const first = document.querySelector(LISTS);
if (first) {
  bar = element("p", { className: "reading-bar small" }, element("span"), button("Hide read", "plain-button", hide));
  first.before(bar);
}
for (const list of document.querySelectorAll(".papers")) dressList(list);
for (const article of document.querySelectorAll("article.paper")) dress(article);
refresh();
onChange(refresh);

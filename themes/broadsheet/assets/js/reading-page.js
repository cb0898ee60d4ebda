// The page of what is saved: notes, BibTeX, and a file that carries the list to another device.

import { copy } from "./cite.js";
import { addressOf, button, download, dressList, element, fetchFacts, refresh, say } from "./reading.js";
import { change, isList, isNewer, load, onChange, packed, problem, sound } from "./reading-store.js";

const MOST = 20 * 1024 * 1024; // bytes of a file that is worth trying
const place = document.querySelector(".reading-place");
const list = element("ol", { className: "papers unranked reading-list" });
const state = element("p", { className: "state" });
const papers = (count) => `${count} paper${count === 1 ? "" : "s"}`;

const dayText = (day) => new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const newestFirst = () => [...load().papers.values()].sort((a, b) => b.saved.localeCompare(a.saved));

function card(paper) {
  const link = element("a", { href: addressOf(paper.id) }, paper.title);
  const note = element("textarea", { className: "field", rows: 2, maxLength: 20000, value: paper.note, ariaLabel: `Note on ${paper.title}`, placeholder: "A note" });
  const keep = () => change((all) => { const saved = all.papers.get(paper.id); if (saved) saved.note = note.value; });
  note.addEventListener("input", keep); // a tab may be closed at any letter
  note.addEventListener("change", () => say(keep() ? "Note kept." : problem));
  const named = paper.authors.slice(0, 3).join(", "), more = paper.authors.length - 3;
  return element("li", { className: "card" },
    element("h2", { className: "headline", dir: "auto" }, link),
    ...(named ? [element("p", { className: "byline" }, element("bdi", {}, named), more > 0 ? ` and ${more} more` : "")] : []),
    ...(paper.day ? [element("p", { className: "figures" }, element("time", { dateTime: paper.day }, dayText(paper.day)))] : []),
    note);
}

function show() {
  const all = newestFirst();
  state.textContent = problem || (all.length ? `${papers(all.length)}, the latest saved first.` : "Nothing is saved yet: press “Save” at a paper, here it will stand.");
  list.replaceChildren(...all.map(card));
  for (const each of place.querySelectorAll(".needs-papers")) each.disabled = !all.length;
}

// A paper's page has its BibTeX; pages are asked four at a time. Of one that cannot be had, what was kept of it is told.
async function citations() {
  const all = newestFirst(), waiting = [...all];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let paper; (paper = waiting.pop()); ) Object.assign(paper, await fetchFacts(paper.id).catch(() => {}));
  }));
  return all.map((paper) => paper.bibtex || little(paper)).join("\n");
}

// What is told of a paper that was saved before its page had BibTeX, and has none any more.
function little({ id, title, authors, published, day }) {
  const safe = (text) => text.replace(/[\\{}~^]/g, " ").replace(/[#$%&_]/g, "\\$&");
  const named = authors.map((name) => `{${safe(name)}} and `).join("");
  return `@misc{paper-${id},\n  title = {{${safe(title)}}},\n  author = {${named}others},\n  year = {${(published || day).slice(0, 4)}},\n  url = {${addressOf(id)}},\n}\n`;
}

// Adds what a file holds to what is here; nothing that is here is lost.
function merge(given) {
  let added = 0;
  const isKept = change((all) => {
    for (const [id, paper] of given.papers) {
      const own = all.papers.get(id);
      if (!own) added += 1;
      if (!own) all.papers.set(id, paper);
      else if (!own.note.includes(paper.note)) own.note = [own.note, paper.note].filter(Boolean).join("\n");
    }
    for (const id of given.read) all.read.add(id);
  });
  show();
  refresh();
  say(isKept ? `${papers(added)} added; ${given.papers.size - added} stood here already.` : problem);
}

async function take(event) {
  const [file] = event.target.files;
  if (!file) return;
  let value = null;
  try {
    if (file.size <= MOST) value = JSON.parse(await file.text());
  } catch { /* not JSON, or not readable: said below */ }
  event.target.value = "";
  if (isNewer(value)) say("This file comes from a newer version of this page; reload the page and try again.");
  else if (isList(value)) merge(sound(value));
  else say("This file is not a reading list; nothing was changed.");
}

const file = element("input", { type: "file", accept: ".json,application/json", className: "hint", tabIndex: -1, ariaLabel: "A file to import" });
file.addEventListener("change", take);
const needy = (text, action) => button(text, "button needs-papers", action);
place.replaceChildren(
  state,
  element("div", { className: "controls" },
    needy("Copy BibTeX", () => copy("BibTeX", citations)),
    needy("Download BibTeX", async () => download(await citations(), "reading-list.bib", "application/x-bibtex")),
    needy("Export JSON", () => download(packed({ papers: load().papers, read: load().read }, 1), "reading-list.json", "application/json")),
    button("Import JSON", "button", () => file.click()), file),
  list);
show();
dressList(list);
refresh();
onChange(() => { if (!list.contains(document.activeElement)) show(); }); // nobody's writing is swept away

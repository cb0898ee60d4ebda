// The page of what is saved: notes, BibTeX, and a file that carries the list to another device.

import { bibtex } from "./bibtex.js";
import { addressOf, button, dressList, element, fetchFacts, refresh, say } from "./reading.js";
import { change, isList, isNewer, load, onChange, packed, problem, sound } from "./reading-store.js";

const MOST = 20 * 1024 * 1024; // bytes of a file that is worth trying
const place = document.querySelector(".reading-place");
const list = element("ol", { className: "papers unranked reading-list" });
const state = element("p", { className: "state" });
const papers = (count) => `${count} paper${count === 1 ? "" : "s"}`;

const newestFirst = () => [...load().papers.values()].sort((a, b) => b.saved.localeCompare(a.saved));

function card(paper) {
  const link = element("a", { href: addressOf(paper.id) }, paper.title);
  const note = element("textarea", { className: "field", rows: 2, maxLength: 20000, value: paper.note, ariaLabel: `Note on ${paper.title}`, placeholder: "A note" });
  const keep = () => change((all) => { const saved = all.papers.get(paper.id); if (saved) saved.note = note.value; });
  note.addEventListener("input", keep); // a tab may be closed at any letter
  note.addEventListener("change", () => say(keep() ? "Note kept." : problem));
  const named = paper.authors.slice(0, 3).join(", "), more = paper.authors.length - 3;
  const made = element("li", { className: "card" },
    element("h2", { className: "headline", dir: "auto" }, link),
    ...(named ? [element("p", { className: "byline" }, element("bdi", {}, named), more > 0 ? ` and ${more} more` : "")] : []),
    note);
  if (paper.day) made.append(element("p", { className: "figures" }, element("time", { dateTime: paper.day }, paper.day)));
  return made;
}

function show() {
  const all = newestFirst();
  state.textContent = problem || (all.length ? `${papers(all.length)}, the latest saved first.` : "Nothing is saved yet: press “Save” at a paper, here it will stand.");
  list.replaceChildren(...all.map(card));
  for (const each of place.querySelectorAll(".needs-papers")) each.disabled = !all.length;
}

// Where not all authors are known, the paper's page is asked, four at a time.
async function citations() {
  const missing = newestFirst().filter((paper) => !paper.isWhole);
  const found = new Map();
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let paper; (paper = missing.pop()); ) await fetchFacts(paper.id).then((facts) => found.set(paper.id, facts)).catch(() => {});
  }));
  if (found.size) change((all) => { for (const [id, facts] of found) if (all.papers.has(id)) Object.assign(all.papers.get(id), facts); });
  return newestFirst().map((paper) => bibtex(paper, addressOf(paper.id))).join("\n");
}

function download(text, name, type) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(await citations());
    say("BibTeX copied.");
  } catch {
    say("This browser does not let the page copy; download it instead.");
  }
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
    needy("Copy BibTeX", copy),
    needy("Download BibTeX", async () => download(await citations(), "reading-list.bib", "application/x-bibtex")),
    needy("Export JSON", () => download(packed({ papers: load().papers, read: load().read }, 1), "reading-list.json", "application/json")),
    button("Import JSON", "button", () => file.click()), file),
  list);
show();
dressList(list);
refresh();
onChange(() => { if (!list.contains(document.activeElement)) show(); }); // nobody's writing is swept away

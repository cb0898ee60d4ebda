// The search page: reads what is typed and the address, asks the index, shows what it finds.

import { fold, terms, tokens, term } from "./search-analyzer.js";
import { openIndex, Unreachable } from "./search-index.js";
import { parse, narrow } from "./search-query.js";
import { find, gather, isKnown } from "./search-rank.js";

const SHOWN = 10;
const PAUSE = 120; // milliseconds without a key before a search begins
const form = document.querySelector(".search-form"), input = form.elements.q;
const state = document.querySelector(".search-state"), offered = document.querySelector(".search-words-offered");
const list = document.querySelector(".search-results"), more = document.querySelector(".search-more");
const root = form.dataset.search;
const NAMES = ["q", "topic", "year", "sort", "code"];
let opened = null, latest = 0, timer = 0, isTyping = false;

function open(fresh) {
  if (!opened || fresh) {
    opened = openIndex(root, fresh);
    opened.catch(() => { opened = null; });
  }
  return opened;
}

// What the form asks, as the query of an address.
function asked() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) values.set(name, value);
  return String(values);
}

const isFiltered = () => ["topic", "year", "code"].some((name) => new FormData(form).get(name));

function readAddress() {
  const values = new URLSearchParams(location.search);
  for (const name of NAMES) {
    const field = form.elements[name], value = values.get(name) ?? "";
    if (field.type === "checkbox") field.checked = value === "1"; else field.value = value;
    if (field.value === "" && field.options) field.selectedIndex = 0; // an option that is not there
  }
}

function remember(how) {
  const query = asked();
  if (query !== location.search.slice(1)) history[how](null, "", query ? `?${query}` : location.pathname);
}

// Only the latest run may show anything; `isFinal` says that the last word is whole.
async function run(isFinal, fresh = false) {
  const mine = ++latest;
  clearTimeout(timer);
  list.ariaBusy = "true";
  const typed = input.value.trim();
  const isAsked = [...typed].length > 1 || (isFinal && typed) || isFiltered();
  if (!isAsked) return show([], [], "");
  if (typeof DecompressionStream === "undefined") return show([], [], "This browser is too old for the index; browse by day or topic instead.");
  try {
    await answer(typed, isFinal, () => mine === latest, fresh);
  } catch (error) {
    if (mine !== latest) return;
    if (!fresh && navigator.onLine && error instanceof Unreachable) return run(isFinal, true); // perhaps the archive has grown
    if (!(error instanceof Unreachable)) console.error(error);
    show([], [], "A part of the index could not be loaded.", ["Try again", () => run(true, true)]);
  }
}

async function answer(typed, isFinal, isLatest, fresh) {
  if (!list.childElementCount) state.textContent = "Searching …";
  const index = await open(fresh);
  if (!isLatest()) return;
  const query = parse(typed, index.topics);
  const { topic, year, code, sort } = Object.fromEntries(new FormData(form));
  if (topic) query.facets.push([`@topic:${topic}`]);
  if (year) narrow(query, `${year}-01-01`, `${+year + 1}-01-01`);
  if (code) query.facets.push(["@code"]);
  const asks = [query.words, query.facets, query.without, query.from, query.until];
  if (!asks.some((each) => each.length)) return show([], [], ["These words stand everywhere; add one that tells papers apart.", ...query.notes].join(" "));
  const endings = isFinal ? [] : await complete(index, query, typed);
  const postings = await gather(index, query);
  if (!isLatest()) return;
  const found = await find(index, query, postings, { sort });
  const corrected = await correct(index, query, postings);
  if (!isLatest()) return;
  const results = found.results;
  const said = summary(query, found);
  const shown = await records(results.slice(0, SHOWN), query);
  if (!isLatest()) return;
  show(shown.map((each) => card(each, index, query)), [...endings, ...corrected], said + verified(shown, query), null, results.length ? "" : corrected.length ? "Did you mean:" : "");
  let count = SHOWN;
  more.hidden = results.length <= count;
  more.firstElementChild.onclick = async () => {
    const next = await records(results.slice(count, (count += SHOWN)), query).catch(() => null);
    if (!isLatest()) return;
    if (!next) return void (count -= SHOWN, state.textContent = "A part of the index could not be loaded; try again.");
    const cards = next.map((each) => card(each, index, query));
    list.append(...cards);
    cards[0].querySelector("a").focus();
    more.hidden = results.length <= count;
  };
}

// While a word is being typed it stands for the words that it may become.
async function complete(index, query, typed) {
  const last = query.words.at(-1);
  if (!last || query.id || !/[\p{L}]{2}$/u.test(typed) || !fold(typed).endsWith(last.text)) return [];
  const { completions } = await import("./search-words.js");
  const words = await completions(index, last.text);
  last.terms = [...new Set([...last.terms, ...words.slice(0, 3).map(term)])].filter(Boolean);
  const before = typed.slice(0, typed.length - last.text.length);
  return words.filter((word) => word !== last.text).map((word) => [word, before + word]);
}

// For each word that nobody wrote, what it may have meant.
async function correct(index, query, postings) {
  const strange = query.words.filter((word) => word.fields !== 4 && !word.terms.some((name) => isKnown(postings, name)) && word.text.length > 2);
  if (!strange.length || query.id) return [];
  const { corrections } = await import("./search-words.js");
  const out = [];
  for (const { text } of strange.slice(0, 2)) {
    for (const word of await corrections(index, text)) {
      const whole = input.value.trim(), at = fold(whole).indexOf(text);
      out.push([word, at < 0 || fold(whole).length !== whole.length ? word : whole.slice(0, at) + word + whole.slice(at + text.length)]);
    }
  }
  return out;
}

async function records(results, query) {
  const held = await Promise.all(results.map(async (each) => ({ ...each, ...await each.segment.record(each.doc) })));
  for (const each of held) each.hasPhrases = query.phrases.every((phrase) => hasPhrase(each.title, phrase) || hasPhrase(each.teaser, phrase));
  return held.sort((a, b) => b.hasPhrases - a.hasPhrases);
}

const hasPhrase = (text, phrase) => ` ${terms(text).join(" ")} `.includes(` ${phrase.join(" ")} `);

const counted = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;

function summary(query, { results, complete: whole }) {
  const notes = query.notes.map((note) => ` ${note}`).join("");
  if (query.id && !results.length) return `No paper here has the arXiv id ${query.id}.`;
  if (!results.length) return `No paper found.${isFiltered() ? " Perhaps without the filters?" : ""}${notes}`;
  const split = query.words.length > 1 && whole < results.length;
  return `${counted(results.length, "paper")}${split ? `, ${whole ? whole.toLocaleString("en") : "none"} with all words` : ""}.${notes}`;
}

function verified(shown, query) {
  const count = shown.filter((each) => each.hasPhrases).length;
  if (!query.phrases.length || !shown.length || count === shown.length) return "";
  return ` Of those shown first, ${count || "none"} ${count === 1 ? "has" : "have"} the phrase in title or summary; the others hold its words.`;
}

function show(cards, words, said, action = null, label = "") {
  list.ariaBusy = "false";
  list.replaceChildren(...cards);
  more.hidden = true;
  state.replaceChildren(said, ...(action ? [" ", button(...action)] : []));
  offered.replaceChildren(...(label ? [`${label} `] : []), ...words.map(([word, whole]) => button(word, () => {
    input.value = whole;
    remember("pushState");
    input.focus();
    run(true);
  })));
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function button(text, action) {
  const made = element("button", "plain-button", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function link(address, ...children) {
  const made = element("a", "", ...children);
  made.href = root + address;
  return made;
}

function card(paper, index, query) {
  const wanted = new Set(query.words.flatMap((word) => word.terms));
  const title = element("h2", "headline", link(`papers/${encodeURIComponent(paper.id)}/`, ...marked(paper.title, wanted)));
  const day = element("time", "", new Date(`${paper.day}T00:00Z`).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" }));
  day.dateTime = paper.day;
  const figures = element("p", "figures", element("span", "", link(`papers/date/${paper.day}/`, day)));
  if (paper.key >= 0) figures.append(" ", element("span", "", counted(paper.key, "upvote")));
  if (paper.code) figures.append(" ", element("span", "", "with code"));
  const topics = paper.topics.map((n) => index.topics[n]).map(([slug, name]) => link(`topics/${slug}/`, name));
  title.dir = "auto";
  return element("li", "card", title,
    ...(paper.authors ? [element("p", "byline", ...marked(paper.authors, wanted))] : []),
    element("p", "teaser", ...marked(paper.teaser, wanted)), figures,
    ...(topics.length ? [element("p", "topics", ...topics.flatMap((each) => [each, " "]))] : []));
}

// The text in pieces, those that hold a wanted term as <mark>.
function marked(text, wanted) {
  return text.split(/([\p{L}\p{N}\p{M}'’.+#]+)/u).map((piece, i) =>
    i % 2 && tokens(piece).some((token) => wanted.has(term(token))) ? element("mark", "", piece) : piece);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  isTyping = false;
  remember("pushState");
  run(true);
});
form.addEventListener("change", (event) => {
  if (event.target === input) return;
  remember("pushState");
  run(true);
});
input.addEventListener("input", () => {
  remember(isTyping ? "replaceState" : "pushState");
  isTyping = true;
  latest++;
  list.ariaBusy = "true";
  clearTimeout(timer);
  timer = setTimeout(() => run(false), PAUSE);
});
addEventListener("popstate", () => { isTyping = false; readAddress(); run(true); });
form.parentElement.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp", "Escape"].includes(event.key) || event.target.matches("select, [type=checkbox]")) return;
  const links = [...list.querySelectorAll(".headline a")], at = links.findIndex((each) => each.closest(".card").contains(event.target));
  if (at < 0 && event.target !== input) return;
  if (event.key === "Escape" && at < 0) return;
  const next = event.key === "ArrowDown" ? links[at + 1] : event.key === "ArrowUp" && at > 0 ? links[at - 1] : input;
  if (!next || (event.key === "ArrowUp" && at < 0)) return;
  event.preventDefault();
  next.focus();
});

readAddress();
input.addEventListener("focus", () => open(false).catch(() => {}), { once: true });
run(true);
if (!input.value) input.focus();

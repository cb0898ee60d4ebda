// Filters and orders the list of a page by what its cards already say. Without this the list stands as it is.
// The state is in the address: ?topic=agents&code=1&sort=new. What is shown is told to those who cannot see it.

const place = document.querySelector(".filters");
const list = document.querySelector("ol.papers");
const papers = list ? [...list.children].map(read) : [];

const ORDERS = {
  upvotes: ["Most upvoted", (a, b) => b.upvotes - a.upvotes],
  new: ["Newest", (a, b) => b.day.localeCompare(a.day) || b.id.localeCompare(a.id, "en", { numeric: true })],
  comments: ["Most discussed", (a, b) => b.comments - a.comments],
};

function read(card, rank) {
  const spans = [...card.querySelectorAll(".figures > span")].map((span) => span.textContent);
  const count = (word) => Number((spans.find((text) => text.includes(word)) ?? "0").replace(/\D/g, ""));
  const slug = (link) => link.pathname.split("/").filter(Boolean).at(-1);
  return {
    card, rank,
    id: slug(card.querySelector(".headline a")),
    upvotes: count("upvote"),
    comments: count("comment"),
    day: card.querySelector(".figures time")?.dateTime ?? "",
    code: card.querySelector(".figures > a") !== null,
    topics: new Map([...card.querySelectorAll(".topics a")].map((link) => [slug(link), link.textContent])),
  };
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function choice(label, name, options) {
  const made = options.map(([value, text]) => element("option", { value }, text));
  return element("select", { name, className: "field", ariaLabel: label }, ...made);
}

function topicOptions() {
  const found = new Map();
  for (const paper of papers)
    for (const [slug, text] of paper.topics) found.set(slug, [text, (found.get(slug)?.[1] ?? 0) + 1]);
  const sorted = [...found].sort(([, a], [, b]) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return [["", "All topics"], ...sorted.map(([slug, [text, n]]) => [slug, `${text} (${n})`])];
}

if (place) {
  const own = list.classList.contains("unranked") ? "new" : "upvotes"; // the order in which the list stands
  const orders = Object.entries(ORDERS).filter(([key]) => key !== own).map(([key, [text]]) => [key, text]);
  const topic = choice("Topic", "topic", topicOptions());
  const sort = choice("Order", "sort", [["", ORDERS[own][0]], ...orders]);
  const code = element("input", { type: "checkbox", name: "code" });
  const reset = element("button", { type: "button", className: "plain-button", hidden: true }, "Show all");
  const status = element("span", { role: "status" });
  const form = element("form", { className: "controls", ariaLabel: "Filter the list" },
    topic, element("label", {}, code, "With code"), sort, element("span", { className: "number" }, status, reset));

  const show = () => {
    const fits = (paper) => (!topic.value || paper.topics.has(topic.value)) && (!code.checked || paper.code);
    const order = ORDERS[sort.value]?.[1] ?? (() => 0);
    const shown = papers.filter(fits).sort((a, b) => order(a, b) || a.rank - b.rank);
    for (const paper of papers) paper.card.hidden = !fits(paper);
    list.append(...shown.map((paper) => paper.card), ...papers.filter((paper) => paper.card.hidden).map((paper) => paper.card));
    const filtered = topic.value !== "" || code.checked;
    reset.hidden = !filtered && !sort.value;
    status.textContent = filtered ? `${shown.length} of ${papers.length} papers` : `${papers.length} papers`;
  };

  const choose = (query) => {
    topic.value = query.get("topic") ?? "";
    sort.value = query.get("sort") ?? "";
    if (topic.selectedIndex < 0) topic.value = ""; // an address may name what this list does not have
    if (sort.selectedIndex < 0) sort.value = "";
    code.checked = query.get("code") === "1";
    show();
  };

  const remember = () => {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of [["topic", topic.value], ["code", code.checked ? "1" : ""], ["sort", sort.value]])
      if (value) query.set(name, value);
      else query.delete(name);
    history.pushState(null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
    show();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", remember);
  reset.addEventListener("click", () => {
    topic.value = sort.value = "";
    code.checked = false;
    remember();
    sort.focus();
  });
  addEventListener("popstate", () => choose(new URLSearchParams(location.search)));
  place.append(form);
  choose(new URLSearchParams(location.search));
}

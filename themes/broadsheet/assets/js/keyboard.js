// Single keys. Who dictates presses letters by accident, so they can be switched off in the list that `?` opens
// (WCAG 2.1.4); the footer leads there, too.

const root = new URL("../../", import.meta.url);
const KEY = `papers-keys:${root.pathname}`;
const KEYS = [
  ["j", "the next paper"], ["k", "the paper before"], ["o", "open it; Enter does, too"], ["x", "open its abstract here"],
  ["s", "save it"], ["r", "mark it read"], ["/", "search"], ["←", "the newer day"], ["→", "the older day"], ["?", "this list"],
];
const WRITING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
let isOn = true, dialog;

try { isOn = localStorage.getItem(KEY) !== "off"; } catch { /* no storage: until the page is left */ }

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function help() {
  if (!dialog) {
    const on = element("input", { type: "checkbox", checked: isOn });
    on.addEventListener("change", () => {
      isOn = on.checked;
      try { if (isOn) localStorage.removeItem(KEY); else localStorage.setItem(KEY, "off"); } catch { /* as above */ }
    });
    dialog = element("dialog", { className: "keys" },
      element("h2", { className: "section", id: "keys" }, "Keys"),
      element("dl", {}, ...KEYS.flatMap(([key, what]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)])),
      element("label", {}, on, " These keys are on"),
      element("form", { method: "dialog" }, element("button", { className: "button" }, "Close")));
    dialog.setAttribute("aria-labelledby", "keys");
    document.body.append(dialog);
  }
  dialog.showModal();
}

const cards = () => [...document.querySelectorAll(".papers > li")].filter((card) => card.getClientRects().length);
const current = () => document.activeElement.closest?.(".papers > li");
const follow = (selector) => document.querySelector(selector)?.click();

// One step through the list from where the focus is, else from what the window shows.
function step(by) {
  const all = cards(), here = all.indexOf(current());
  const seen = all.findIndex((card) => card.getBoundingClientRect().top >= 0);
  const next = all[here >= 0 ? here + by : by > 0 ? (seen < 0 ? all.length - 1 : seen) : (seen < 0 ? all.length : seen) - 1];
  if (!next) return;
  next.querySelector(".headline a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function search() {
  const box = document.querySelector(".search-form [name=q], .search-box [name=q]");
  box?.focus();
  box?.select();
}

const isPaper = document.body.dataset.kind === "paper"; // its neighbours are papers, not days
const part = (selector) => (isPaper ? document.querySelector(`.paper ${selector}`) : current()?.querySelector(selector));
const ACTIONS = {
  j: () => (isPaper ? follow("a[rel=next]") : step(1)),
  k: () => (isPaper ? follow("a[rel=prev]") : step(-1)),
  o: () => current()?.querySelector(".headline a").click(),
  x: () => { const abstract = current()?.querySelector("details"); if (abstract) abstract.open = !abstract.open; },
  s: () => part(".save")?.click(),
  r: () => part(".read")?.click(),
  "/": search,
  ArrowLeft: () => isPaper || follow("a[rel=next]"),
  ArrowRight: () => isPaper || follow("a[rel=prev]"),
  "?": help,
};

addEventListener("keydown", (event) => {
  const { key, target } = event;
  const action = Object.hasOwn(ACTIONS, key) && ACTIONS[key];
  if (!isOn || !action || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.shiftKey && key.length > 1) return;
  if (event.repeat && key !== "j" && key !== "k") return;
  if (dialog?.open || target.closest?.(WRITING)) return;
  if (key.startsWith("Arrow") && target.closest?.("[role=region]")) return; // they scroll what is wider than its place
  event.preventDefault();
  action();
});

document.querySelector(".search-box [name=q]")?.setAttribute("aria-keyshortcuts", "/");
const about = element("button", { type: "button", className: "plain-button" }, "Keys");
about.addEventListener("click", help);
document.querySelector(".own")?.append(" ", about);

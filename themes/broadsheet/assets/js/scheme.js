// Light or dark, as the reader chose: set before anything is painted. Following the system needs no memory.
(function (root, key) {
  var system = matchMedia("(prefers-color-scheme: dark)");
  function chosen() { return root.dataset.scheme || (system.matches ? "dark" : "light"); }
  root.dataset.script = "";
  try {
    var kept = localStorage.getItem(key);
    if (kept === "light" || kept === "dark") root.dataset.scheme = kept;
  } catch (_) { /* no storage: the system decides */ }
  addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest(".scheme")) return;
    var next = chosen() === "dark" ? "light" : "dark";
    var own = next === (system.matches ? "dark" : "light") ? "" : next;
    if (own) root.dataset.scheme = own; else delete root.dataset.scheme;
    try { if (own) localStorage.setItem(key, own); else localStorage.removeItem(key); } catch (_) { /* until the page is left */ }
  });
})(document.documentElement, "scheme");

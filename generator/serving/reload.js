// Put into pages by `papers serve` alone: loads the page again when the site was built anew, and shows why it was not.
const loaded = new URL(import.meta.url).searchParams.get("v");
let note = null;

new EventSource(new URL("events", import.meta.url)).onmessage = ({ data }) => {
  const { version, error } = JSON.parse(data);
  if (version !== loaded) return location.reload();
  note?.remove();
  note = null;
  if (!error) return;
  note = document.createElement("pre");
  note.id = "papers-serve-error";
  note.setAttribute("role", "alert");
  note.textContent = `The site was not built; this page is as it was.\n\n${error}`;
  Object.assign(note.style, {
    position: "fixed", inset: "auto 0 0 0", zIndex: "2147483647", margin: "0", padding: "1em", maxHeight: "60vh",
    overflow: "auto", whiteSpace: "pre-wrap", font: "14px/1.4 monospace", color: "#fff", background: "#7a1111",
  });
  document.body.append(note);
};

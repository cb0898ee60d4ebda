// What a paper's page gives for citing can be copied and downloaded; CSL-JSON is made of its RIS.

import { button, download, say } from "./reading.js";

export async function copy(name, text) {
  try {
    await navigator.clipboard.writeText(await text());
    say(`${name} copied.`);
  } catch {
    say("This browser does not let the page copy; download it instead.");
  }
}

// The same item as in the files of lists: see generator/citing/csl.py.
function csl(ris) {
  const all = (tag) => [...ris.matchAll(new RegExp(`^${tag}  - (.*)$`, "gm"))].map((found) => found[1]);
  const author = all("AU").map((name) => {
    const [family, given, suffix] = name.split(", ");
    return given ? { family, given, suffix } : { literal: name };
  });
  const [number] = all("AN");
  return JSON.stringify([{
    id: all("ID")[0], type: "article", title: all("TI")[0], author: author.length ? author : undefined,
    issued: { "date-parts": [(all("DA")[0] ?? all("PY")[0]).split("/").map(Number)] },
    publisher: all("PB")[0], number, DOI: all("DO")[0], URL: all("UR")[0],
  }]);
}

for (const place of document.querySelectorAll(".cite")) {
  const [bib, ris] = [...place.querySelectorAll("pre")].map((each) => each.textContent);
  const line = document.createElement("p");
  line.className = "controls small";
  const key = /{(.*),/.exec(bib)[1];
  const file = (name, end, text, type) => button(`${name} file`, "button", () => download(text, key + end, type));
  line.append(button("Copy BibTeX", "button", () => copy("BibTeX", () => bib)),
    file("BibTeX", ".bib", bib, "application/x-bibtex"),
    file("RIS", ".ris", ris, "application/x-research-info-systems"),
    file("CSL JSON", ".json", csl(ris), "application/vnd.citationstyles.csl+json"));
  place.append(line);
}

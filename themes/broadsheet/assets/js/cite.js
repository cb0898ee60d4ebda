// What a paper's page gives for citing can be copied and downloaded; RIS and CSL-JSON are made of its head.

import { button, download, say, wholeBibtex } from "./reading.js";

export async function copy(name, text) {
  try {
    await navigator.clipboard.writeText(await text());
    say(`${name} copied.`);
  } catch {
    say("This browser does not let the page copy; download it instead.");
  }
}

// What the page's head says of the paper, as the files of lists have it: see generator/citing/.
function known(bib) {
  const all = (name) => [...document.querySelectorAll(`meta[name=citation_${name}]`)].map((each) => each.content);
  const [arxiv] = all("arxiv_id"), [year] = /^  year = {(\d+)/m.exec(bib).slice(1);
  const month = /^\d\d(0[1-9]|1[0-2])/.exec(arxiv)?.[1];
  return {
    key: /{(.*),/.exec(bib)[1], title: all("title")[0].trim().replace(/\s+/g, " "), authors: all("author"), arxiv, doi: all("doi")[0],
    date: all("publication_date")[0] ?? (month ? `${year}/${month}` : year), url: arxiv ? `https://arxiv.org/abs/${arxiv}` : all("abstract_html_url")[0],
  };
}

function ris({ key, title, authors, date, arxiv, doi, url }) {
  return [
    "TY  - UNPB", `ID  - ${key}`, `TI  - ${title}`, ...authors.map((name) => `AU  - ${name}`), `PY  - ${date.slice(0, 4)}`,
    ...(date.length > 4 ? [`DA  - ${date}`] : []), ...(arxiv ? ["PB  - arXiv", `AN  - arXiv:${arxiv}`, `DO  - ${doi}`] : []),
    `UR  - ${url}`, "ER  - \n",
  ].join("\n");
}

function csl({ key, title, authors, date, arxiv, doi, url }) {
  const author = authors.map((name) => {
    const [family, given, suffix] = name.split(", ");
    return given ? { family, given, suffix } : { literal: name };
  });
  return JSON.stringify([{
    id: key, type: "article", title, author: author.length ? author : undefined, issued: { "date-parts": [date.split("/").map(Number)] },
    ...(arxiv ? { publisher: "arXiv", number: `arXiv:${arxiv}`, DOI: doi } : {}), URL: url,
  }]);
}

for (const place of document.querySelectorAll(".cite")) {
  const pre = place.querySelector("pre"), paper = known(pre.textContent);
  const line = document.createElement("p");
  line.className = "controls small";
  const file = (name, end, text, type) => button(`${name} file`, "button", () => download(text(), `${paper.key}.${end}`, type));
  line.append(button("Copy BibTeX", "button", () => copy("BibTeX", () => pre.textContent)),
    file("BibTeX", "bib", () => pre.textContent, "application/x-bibtex"), file("RIS", "ris", () => ris(paper), "application/x-research-info-systems"),
    file("CSL JSON", "json", () => csl(paper), "application/vnd.citationstyles.csl+json"));
  place.append(line);
  const complete = async () => { pre.textContent = await wholeBibtex(document); };
  if (place.open) complete(); // somebody was quicker than this script
  else place.addEventListener("toggle", complete, { once: true });
}

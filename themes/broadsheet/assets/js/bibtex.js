// Saved papers as BibTeX. Braces go as commands, since BibTeX counts even those that TeX is told to print.

const SPECIAL = {
  "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
};
export const escaped = (text) => text.replace(/\s+/g, " ").trim().replace(/[\\{}~^#$%&_]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`);

// BibTeX splits names at "and" and at commas; braces hold together what is one name.
const name = (text) => (/,|\sand\s/i.test(text) ? `{${escaped(text)}}` : escaped(text));
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[^a-z]/g, "");

// One entry; `address` is where the paper stands if it is not on arXiv.
export function bibtex({ id, title, authors, isWhole, published, day }, address) {
  const isArxiv = /^\d{4}\.\d{4,5}$/.test(id);
  const year = (published || (isArxiv && `20${id}`) || day).slice(0, 4);
  const named = authors.map(name).concat(isWhole || !authors.length ? [] : ["others"]);
  const fields = {
    title: `{${escaped(title)}}`,
    author: named.join(" and "),
    year,
    ...(isArxiv ? { eprint: id, archiveprefix: "arXiv" } : {}),
    url: isArxiv ? `https://arxiv.org/abs/${id}` : address.replace(/[{}\\]/g, encodeURIComponent),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([key, value]) => `  ${key} = {${value}},\n`);
  return `@misc{${plain(authors[0]?.split(" ").at(-1) ?? "")}${id},\n${lines.join("")}}\n`;
}

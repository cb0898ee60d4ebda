"""biber, BibTeX and pdfLaTeX take every nasty paper (Debian: biber, texlive-latex-base)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.citing import bibtex
from generator.theme import mathematics
from tests.citing.nasty import references

_DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\begin{document}
\nocite{*}
\bibliographystyle{plain}
\bibliography{nasty}
\end{document}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "\n".join(bibtex.entry(each, mathematics.split) for each in references())
    (tmp_path / "nasty.bib").write_text(text, encoding="ascii")
    (tmp_path / "nasty.tex").write_text(_DOCUMENT, encoding="ascii")
    return tmp_path


def run(folder: Path, *command: str) -> str:
    """What a program says; the test is skipped where there is no such program."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def test_biber_finds_nothing_to_warn_of(folder: Path) -> None:
    said = run(folder, "biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", "nasty.bib")
    assert re.findall("^(?:WARN|ERROR).*", said, re.MULTILINE) == []
    written = (folder / "out.bib").read_text(encoding="utf-8")
    assert len(re.findall("^@", written, re.MULTILINE)) == len(references())


def test_latex_prints_every_entry_without_an_error(folder: Path) -> None:
    latex = ("pdflatex", "-draftmode", "-interaction=nonstopmode", "nasty")
    run(folder, *latex)
    said = run(folder, "bibtex", "nasty")
    assert [
        line for line in said.splitlines() if "Warning" in line and "to sort, need author" not in line
    ] == []
    assert "error" not in said
    assert (folder / "nasty.bbl").read_text(encoding="ascii").count("\\bibitem") == len(references())
    said = run(folder, *latex)
    assert re.findall(r"^! .*", said, re.MULTILINE) == []
    assert "nasty.bbl" in said

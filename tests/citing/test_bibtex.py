"""A paper as BibTeX."""

from __future__ import annotations

from datetime import date

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pybtex.database import parse_string

from generator.citing import bibtex, tex
from generator.citing.reference import Reference, key_of, reference_of
from generator.theme import mathematics
from tests.citing.nasty import DAY, NAMES, references
from tests.support.invented import paper

PLAIN = reference_of(paper(1, DAY, title="Watering a Tomato", categories=("cs.LG", "cs.AI")), "")


def entry(reference: Reference) -> str:
    return bibtex.entry(reference, mathematics.split)


def title(text: str) -> str:
    return tex.title(text, mathematics.split)


def test_an_entry_says_what_is_known() -> None:
    assert entry(PLAIN) == (
        "@misc{lovelace2501.00001,\n"
        "  title = {Watering a Tomato},\n"
        "  author = {Lovelace, Ada and {Person 1}},\n"
        "  year = {2025},\n"
        "  month = jan,\n"
        "  eprint = {2501.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.LG},\n"
        "  doi = {10.48550/arXiv.2501.00001},\n"
        "  url = {https://arxiv.org/abs/2501.00001},\n"
        "}\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = paper(1, DAY, id="some.paper", authors=(), published=None, title="T")
    assert entry(reference_of(bare, "https://example.org/{x}\\ y/")) == (
        "@misc{paper-some.paper,\n  title = {{T}},\n  year = {2025},\n"
        "  url = {https://example.org/%7Bx%7D%5C%20y/},\n}\n"
    )
    undated = reference_of(paper(1, date(2026, 3, 4), published=None), "")
    assert undated.date == (2025, 1)


def test_a_brief_entry_names_ten_of_a_crowd_and_else_all() -> None:
    few, many = (
        reference_of(paper(1, DAY, authors=tuple(f"Ada Nr-{chr(97 + nr)}" for nr in range(number))), "")
        for number in (20, 21)
    )
    assert bibtex.brief_entry(few, mathematics.split) == entry(few)
    brief = bibtex.brief_entry(many, mathematics.split)
    assert "Nr-i, Ada and Nr-j, Ada and others}" in brief
    persons = parse_string(brief, "bibtex").entries[many.key].persons["author"]
    assert [str(each) for each in persons] == [*(f"Nr-{letter}, Ada" for letter in "abcdefghij"), "others"]
    whole = entry(many).splitlines()
    assert [line for line in brief.splitlines() if line not in whole] == [brief.splitlines()[2]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Attention to BERT, GPT-4o and arXiv", "Attention to {BERT}, {GPT}-4o and {arXiv}"),
        ("A Q-Learner of OpenAI's T5", "A {Q}-Learner of {OpenAI's} {T5}"),
        ("100% of $5 & {x}", r"100\% of \$5 \& {\textbraceleft}x{\textbraceright}"),
        (r"a_b^c~d#e\f<g>h|i", r"a\_b{\textasciicircum}c{\textasciitilde}d\#e{\textbackslash}f{\textless}g"
                               r"{\textgreater}h{\textbar}i"),
        ("Sort in $O(n)$", "Sort in {$O(n)$}"),
        (r"Over $\mathbb{R}^n$", r"Over {$\mathbf{R}^n$}"),
        (r"Broken $\alpha^a^b$", r"Broken \${\textbackslash}alpha{\textasciicircum}a{\textasciicircum}b\$"),
        ("From $5 million to $6 million", r"From \$5 million to \$6 million"),
        ("μ-nets", r"{$\mu$}-nets"),
        ('The "tomato"', "The ``tomato''"),
        ("Émile’s naïve façade", r"{\'E}mile{\textquoteright}s na{\"\i}ve fa{\c{c}}ade"),
        ("番茄 🍅", "FanJia :tomato:"),
    ],
)  # fmt: skip
def test_titles_keep_their_capitals_and_signs(text: str, wanted: str) -> None:
    assert title(text) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Aäron van den Oord", r"van den Oord, A{\"a}ron"),
        ("Hal Daumé III", r"Daum{\'e}, III, Hal"),
        ("Blaise Agüera y Arcas", r"{Ag{\"u}era y Arcas}, Blaise"),
        ("Kimi Team", "{Kimi Team}"),
        ("Jack and Jill", "{Jack and Jill}"),
        ("Nguyễn Văn Đức", r"{\DJ}uc, Nguy{\~{\^{e}}}n V{\u{a}}n"),
        ("王小明", "{WangXiaoMing}"),
        ("}{", r"{{\textbraceright}{\textbraceleft}}"),
        ("\u202e", "{?}"),
    ],
)  # fmt: skip
def test_names_are_parted_where_that_is_plain(name: str, wanted: str) -> None:
    assert bibtex.author(name) == wanted


def test_every_nasty_paper_is_one_sound_entry() -> None:
    found = references()
    text = "\n".join(map(entry, found))
    assert text.isascii()
    library = bibtexparser.parse_string(text)
    assert [each.key for each in library.entries] == [each.key for each in found]
    assert not library.failed_blocks
    read = parse_string(text, "bibtex")
    assert [len(each.persons.get("author", ())) for each in read.entries.values()] == [
        len(each.authors) for each in found
    ]


@settings(deadline=None)  # what is read first is read slowly
@given(title=st.text(max_size=60), names=st.lists(st.text(max_size=30), max_size=3))
def test_no_text_at_all_breaks_the_file(title: str, names: list[str]) -> None:
    hostile = replace(PLAIN, title=title, authors=tuple(name for name in names if name.strip()))
    text = entry(hostile) + "\n" + entry(PLAIN)
    assert text.isascii()
    keys = [each.key for each in bibtexparser.parse_string(text.replace(PLAIN.key, "first", 1)).entries]
    assert keys == ["first", PLAIN.key]
    read = parse_string(text.replace(PLAIN.key, "first", 1), "bibtex")
    assert len(read.entries["first"].persons.get("author", ())) == len(hostile.authors)


def _word_by_word(text: str) -> str:
    """`tex.title` of a text without formulas, as one would write it who need not hurry."""

    def gap(text: str) -> str:
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        return f"{before}{tex.escape(text)}{after}" if text.strip() else before

    done, parts = 0, []
    for word in tex._WORD.finditer(text):
        if tex._has_capitals(word[0]):
            parts += [gap(text[done : word.start()]), "{", tex.escape(word[0]), "}"]
            done = word.end()
    return "".join([*parts, gap(text[done:])])


_TITLES = st.lists(
    st.sampled_from(
        ["A", "I", "AI", "Attention", "attention", "GPT", "Q", "is", "T5", "4", "arXiv", "É", "Über", "it's",
         "A's", "U.S.", "A.Q", "I.T", "2.5", "_x", "ß", "中文", " ", " ", "  ", "\t", "\n", ": ", ", ", "-",
         "/", "(", ")", "?", "!", ".", "…", "’", "'", "_", "&", "{", '"', "~", "#"]
    )
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(_TITLES | st.text(max_size=40))
def test_a_title_is_read_in_strides_as_it_would_be_word_by_word(text: str) -> None:
    if "$" not in text and "\\(" not in text:
        assert tex.title(text, mathematics.split) == _word_by_word(text)


def test_keys_are_unique_whatever_the_ids() -> None:
    keys = [each.key.lower() for each in references()]
    assert len(set(keys)) == len(keys)
    tricky = [("a", "Some Bc"), ("bc-a", ""), ("2501.00001", "Bc"), ("bc2501.00001", "")]
    made = {key_of(paper(1, DAY, id=own, authors=(name,) if name else ())) for own, name in tricky}
    assert len(made) == len(tricky)


def test_names_that_pybtex_reads_are_the_names_that_were_given() -> None:
    text = entry(replace(PLAIN, authors=("Aaron van den Oord", "Ada King Lovelace", "Tersoo Upaa Jr")))
    oord, ada, tersoo = parse_string(text, "bibtex").entries[PLAIN.key].persons["author"]
    assert (oord.first_names, oord.prelast_names, oord.last_names) == (["Aaron"], ["van", "den"], ["Oord"])
    assert (ada.first_names, ada.middle_names, ada.last_names) == (["Ada"], ["King"], ["Lovelace"])
    assert (tersoo.first_names, tersoo.last_names, tersoo.lineage_names) == (["Tersoo"], ["Upaa"], ["Jr"])


def test_no_name_is_lost() -> None:
    crowd = reference_of(paper(1, DAY, authors=NAMES), "")
    assert len(parse_string(entry(crowd), "bibtex").entries[crowd.key].persons["author"]) == len(NAMES)

"""Papers that nobody wrote and that nobody would want to cite."""

from __future__ import annotations

from datetime import date

from generator.citing.reference import Reference, reference_of
from generator.model.paper import Paper
from tests.support.invented import paper

DAY = date(2025, 1, 27)
TITLES = (
    "100% of $5 & {braces} in C_#~^\\",
    "Tomatoes for $5 million and $6 million",
    "Sorting in $O(n)$ and $\\alpha_{i}^{2}$ over $\\mathbb{R}^n$",
    "Broken $x^a^b$, $\\frac{1}$ and $\\input{secrets}$",
    "Unbalanced } braces { and }} more",
    "Stray \\ backslashes \\end{document} \\textbf{x",
    "Let's <think> about </think>",
    "🍅 Tomatoes 🚀 that fly 👩🏽‍🌾",
    "كيف تنمو الطماطم في الحديقة",
    "没有摘要的番茄",
    'The "tomato" of “Émile” – 50 ₂ ½ ﬁ ℝ',
    "@misc{x, title = {y}}",
    "\u202eReversed\x00 \x07and \tspaced",
    "T",
)
NAMES = (
    "Ada Lovelace", "Aäron van den Oord", "Luc Van Gool", "Hal Daumé III", "John Smith, Jr.",
    "Blaise Agüera y Arcas", "Kimi Team", "LG AI Research", "OpenAI", "O'Neil, Mary & Sons", "Jack and Jill",
    "AND Or And", "王小明", "王 小明", "ليلى حسن", 'Hai "Helen" Li', "Łukasz Kaiser", "Nguyễn Văn Đức",
    "Jiří Ąbč", "}{", "\\", "\u202e", "%", "de Vries",
    "İlhan ığdır", "X Æ A-12", "🍅 🚀", "Team Tomato", "Ada  Lovelace",
    "Ada Lovelace",
)  # fmt: skip


def papers() -> tuple[Paper, ...]:
    titled = [paper(number, DAY, title=title) for number, title in enumerate(TITLES, 1)]
    named = [paper(100 + number, DAY, authors=(name, "Ada Lovelace")) for number, name in enumerate(NAMES)]
    return (
        *titled,
        *named,
        paper(200, DAY, authors=tuple(f"Given{n} Family{n}" for n in range(664))),
        paper(201, DAY, authors=(), author_count=12),
        paper(202, DAY, authors=NAMES, categories=("cs.LG", "stat.ML")),
        paper(203, DAY, published=None),
        paper(204, DAY, id="some.paper_x", published=None),
        paper(205, DAY, id="Lovelace-2501.00001", authors=()),
    )


def references() -> tuple[Reference, ...]:
    return tuple(reference_of(each, f"https://example.org/a_b/~x/papers/{each.id}/") for each in papers())

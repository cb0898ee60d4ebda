"""The terms of a paper: the words of its title, its abstract and its keywords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from generator.model.paper import Paper
from generator.model.plurals import singular
from generator.model.wordlist import WordList, lines_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

HEADING_TIMES = 2
"""A word of the title or of a keyword counts as if it stood in the abstract twice."""
PHRASE_TIMES = 4
"""And a phrase, which is a keyword of several words or two words side by side in the title, four times."""

_MARKS = b'!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'
_BLANKS = b"\t\n\v\f\r\x1c\x1d\x1e\x1f"
_APART = bytes.maketrans(_MARKS + _BLANKS, b" " * len(_MARKS + _BLANKS))
_ALSO_APART = "–—“”‘’…\u00a0"

_SAYS_NOTHING = """
    a about above achieve achieves achieving across additionally address addresses advance advances after
    all allow allows along also although among an and any approach approaches are art as at available
    based be because been before being benchmark benchmarks best better between beyond both broad but by
    can capabilities capability capable challenge challenges challenging code combine combines comparable
    compare compared comprehensive consistently contrast current data dataset datasets demonstrate
    demonstrates demonstrating design designed despite develop developed different diverse do does domain
    domains due during each effective effectively effectiveness efficiency efficient either employ enable
    enables enabling enhance enhanced ensure especially evaluate evaluation even every existing
    experiment experimental experiments explore extensive final finally find finding findings first five
    focus for four framework from full further furthermore gains gap general generally given has have
    here high highly how however http https if impact important improve improved improvement improvements
    improves improving in including increasing increasingly insight insights instead integrate integrates
    into introduce introduces introducing is issue it its itself key known large largely lead leading
    less level leverage leverages leveraging like limitation limitations limited main maintain
    maintaining make making many may mean method methods metric metrics model models more moreover most
    much multiple must name need needs new no not notably novel number obtain of often on one only open
    or order other our out outperform outperforming outperforms over own paper particular particularly
    per perform performance potential power powerful present presents previous primarily prior problem
    problems process produce project promising propose proposed proposes provide provides providing
    publicly quality range rather real recent recently reduce reduces reducing rely remain remains
    require requires research respectively result results reveal reveals robust same scale second set
    several show showing shown shows significant significantly simple simply since single six some sota
    specific specifically stage state strategies strategy strong study substantial substantially such
    suffer system systems task tasks technique techniques ten than that the their them then there these
    they third this those three through throughout thus to together top toward towards training two type
    types under understanding unlike up upon us use used useful user using various very via was way we
    well were what when where whether which while who whose why wide will with within without work works
    world would yet you your
"""
_STOP = frozenset(_SAYS_NOTHING.split())
"""Words that say nothing of a paper's subject: English's little ones and those that every abstract uses.
They matter in a young archive, which cannot yet tell what is common."""


class Said(NamedTuple):
    """The telling words of some papers in a row, each as often as it stands there, in no order."""

    places: Numbers
    """Of each word the place of its paper in the row."""
    terms: Numbers
    """The number of its name."""
    times: Numbers
    """As how many words in the abstract it counts."""


class Vocabulary:
    """Words by the number of their name, which is their singular. Names are numbered as they are met.

    What cannot tell one subject from another has none: numbers, single letters and words that say nothing.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        import numpy as np

        self.names = list(names)
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self._words = WordList()
        self._terms = np.zeros(0, np.int64)
        """By the number of a word that of its name, or -1."""
        self._singulars: list[str] = []
        """By the number of a word."""
        self._silent: set[int] = set()
        """The numbers of words that say nothing."""

    def said_by(self, papers: Sequence[Paper]) -> Said:
        """What `papers` say."""
        import numpy as np

        texts: list[str] = []
        owners: list[int] = []
        weights: list[int] = []
        for place, paper in enumerate(papers):
            headings = (paper.title, *paper.keywords)
            texts += (paper.abstract, *headings)
            owners += [place] * (1 + len(headings))
            weights += [1] + [HEADING_TIMES] * len(headings)
        words, counts = self._words.numbers(lines_of(list(map(_plain, texts)), _APART, b"'"))
        self._meet(self._words.words(len(self._singulars)))
        times = np.repeat(np.array(weights, np.int64), counts)
        where, phrases = self._said_together(papers, words[times == HEADING_TIMES].tolist(), counts.tolist())
        return Said(
            np.concatenate([np.repeat(np.array(owners, np.int64), counts), np.array(where, np.int64)]),
            np.concatenate([self._terms[words], np.array(phrases, np.int64)]),
            np.concatenate([times, np.full(len(phrases), PHRASE_TIMES)]),
        )

    def _said_together(
        self, papers: Iterable[Paper], words: Sequence[int], counts: Iterable[int]
    ) -> tuple[list[int], list[int]]:
        """The phrases of `papers`: two words side by side in a title, and keywords of several. Gives the
        place of each phrase's paper, and its number. `words`: those of all titles and keywords; `counts`:
        how many words each text has, abstracts, too."""
        places: list[int] = []
        phrases: list[int] = []
        silent, single = self._silent, self._singulars
        sizes = iter(counts)
        end = 0
        for place, paper in enumerate(papers):
            before = len(phrases)
            next(sizes)  # the abstract
            start, end = end, end + next(sizes)
            phrases += [
                self._phrase(f"{single[one]}_{single[other]}")
                for one, other in pairwise(words[start:end])
                if one not in silent and other not in silent
            ]
            for size in islice(sizes, len(paper.keywords)):
                start, end = end, end + size
                if size > 1:
                    phrases.append(self._phrase("_".join([single[word] for word in words[start:end]])))
            places += [place] * (len(phrases) - before)
        return places, phrases

    def _meet(self, words: Iterable[str]) -> None:
        """Know `words`, which come next."""
        import numpy as np

        terms: list[int] = []
        for word in words:
            name = singular(word)
            if word in _STOP:
                self._silent.add(len(self._singulars))
            self._singulars.append(name)
            terms.append(self._number(word, name))
        self._terms = np.concatenate([self._terms, np.array(terms, np.int64)])

    def _phrase(self, phrase: str) -> int:
        """The number of a phrase. To see that it is no plural is quicker than to ask for its singular."""
        return self._number(phrase, singular(phrase) if phrase.endswith("s") else phrase)

    def _number(self, word: str, name: str) -> int:
        if len(word) < 2 or word.isdigit() or word in _STOP or name in _STOP:
            return -1
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


def _plain(text: str) -> str:
    """`text` in lower case, without marks and spaces beyond ASCII."""
    text = text.lower()
    if text.isascii():
        return text
    for mark in _ALSO_APART:
        text = text.replace(mark, " ")
    return " ".join(text.split())

"""The terms of a paper: the words of its title, its abstract and its keywords."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.model.paper import Paper
from generator.model.plurals import singular

HEADING_TIMES = 2
"""A word of the title or of a keyword counts as if it stood in the abstract twice."""
PHRASE_TIMES = 4
"""And a phrase, which is a keyword of several words or two words side by side in the title, four times."""

_BORDER = " \0 "
_MARKS = b'!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'
_APART = bytes.maketrans(_MARKS, b" " * len(_MARKS))
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


@dataclass(frozen=True, slots=True)
class Terms:
    """What a paper says, in lower case; each as often as it stands there."""

    body: Sequence[str]
    """The words of its abstract."""
    heading: Sequence[str]
    """The words of its title and of its keywords."""
    phrases: Sequence[str]
    """Words that belong together, joined with `_`."""


class Singulars(dict[str, str]):
    """Every word's singular, found once."""

    def __missing__(self, word: str) -> str:
        self[word] = found = singular(word)
        return found


class Vocabulary(dict[str, int]):
    """The number of every word's name, which is its singular; -1 where it cannot tell one subject from
    another: numbers, single letters and words that say nothing. Names are numbered as they are met."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = list(names)
        self.singulars = Singulars()
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def __missing__(self, word: str) -> int:
        number = -1
        if len(word) > 1 and not word.isdigit() and word not in _STOP:
            name = singular(word)
            if name not in _STOP:
                number = self._numbers.setdefault(name, len(self.names))
                if number == len(self.names):
                    self.names.append(name)
        self[word] = number
        return number

    def counted(self, paper: Paper) -> dict[int, int]:
        """How often `paper` has each telling term, by the number of its name."""
        terms = terms_of(paper, self.singulars)
        times: dict[int, int] = {}
        for word, weight in Counter(terms.body).items():
            number = self[word]
            times[number] = times.get(number, 0) + weight
        for words, weight in ((terms.heading, HEADING_TIMES), (terms.phrases, PHRASE_TIMES)):
            for word in words:
                number = self[word]
                times[number] = times.get(number, 0) + weight
        times.pop(-1, None)
        return times


def terms_of(paper: Paper, singulars: Singulars) -> Terms:
    body, title, *keywords = _words(paper.abstract, paper.title, *paper.keywords)
    phrases = ["_".join([singulars[word] for word in words]) for words in keywords if len(words) > 1]
    pairs = pairwise(title)
    phrases += [f"{singulars[a]}_{singulars[b]}" for a, b in pairs if a not in _STOP and b not in _STOP]
    return Terms(body, title + [word for words in keywords for word in words], phrases)


def _words(*texts: str) -> list[list[str]]:
    """The words of each of `texts`; all are taken apart in one go, which is faster."""
    text = _BORDER.join(texts).lower()
    if not text.isascii():
        for mark in _ALSO_APART:
            text = text.replace(mark, " ")
    apart = text.encode("utf-8", "surrogatepass").translate(_APART, b"'").decode("utf-8", "surrogatepass")
    return [part.split() for part in apart.split(_BORDER)]

"""Words, names and who uses them how often: what made archives are made of. Nothing here means anything.

Common words and terms are listed; all others are put together from syllables. How often each is used follows
Zipf's law (a word's use falls with its rank); who writes again follows the Pitman-Yor process
(https://en.wikipedia.org/wiki/Pitman%E2%80%93Yor_process), which gives populations their long tail of names
that are seen once, however large the archive grows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random

FUNCTION = """
the of and to a in we for that is with on this by are our as from which an it be at can these their or while
has have than but both such not more across into over its under between each when via without through show
only also first where how most further all existing new during them other however they many even two still
often one same within either against three beyond using yet then no rather whether after what because
""".split()  # noqa: SIM905
"""Words that every text needs, the most frequent first."""

TERMS = """
model models data training method learning performance language tasks image generation video approach
results reasoning large framework benchmark based dataset quality evaluation information state visual
existing demonstrate agents propose task knowledge text methods achieve improve human training inference
multimodal system experiments significantly present introduce effective scale diffusion challenges efficient
policy reward diverse design context understanding capabilities limited complex optimization feature
features novel instruction prompt token tokens space memory network neural architecture layer layers
attention transformer encoder decoder latent representation representations embedding embeddings gradient
loss objective sampling sample samples noise denoising distillation teacher student alignment preference
feedback supervision signal signals label labels annotation pipeline process stage stages module modules
component components structure structural semantic temporal spatial dynamic static global local dense sparse
linear nonlinear continuous discrete low high accuracy precision recall error errors robustness
generalization consistency diversity fidelity latency throughput cost budget computation hardware memory
cache quantization pruning compression adaptation transfer finetuning pretraining scaling law laws parameter
parameters weight weights checkpoint baseline baselines ablation comparison improvement gain gains gap
limitation limitations failure failures bias risk safety privacy attack defense detection recognition
segmentation classification retrieval ranking search query queries document documents corpus answer answers
question questions dialogue conversation user users preference interface environment environments action
actions planning plan plans control robot robotic manipulation navigation simulation simulator physical
world scene scenes object objects camera view views depth motion pose body hand face audio speech music
sound voice translation multilingual code program programs software repository test tests verification
verifier proof mathematical logic symbolic graph graphs node nodes edge edges tree trees table tables time
series forecasting medical clinical scientific science discovery chemistry biology protein molecule material
climate education financial legal social economic cultural expert experts community open source public
release available comprehensive systematic empirical theoretical analysis study survey evidence insight
insights finding findings trade interaction exploration exploitation trajectory trajectories episode rollout
horizon credit assignment curriculum synthetic real generated generator discriminator editing style content
texture resolution frame frames pixel patch patches region regions mask masks caption captions description
descriptions grounding reference instance category categories domain domains distribution distributions
uncertainty probability posterior prior variance entropy likelihood bound bounds convergence theorem kernel
operator function functions equation expert mixture routing gate sequence sequences length window position
positional rotation recurrent recursive hierarchical iterative adaptive modular unified general specific
simple strong weak robust stable scalable lightweight end step steps level levels rate ratio number set size
type form part case cases example examples shows reveals enables requires remains suffers relies outperforms
surpasses reduces increases preserves captures generates learns predicts estimates selects combines
integrates leverages addresses bridges extends supports
""".split()  # noqa: SIM905
"""Words of the trade, which the invented ones follow."""

_SYLLABLES = """
ba be bo bra cal cen chi cor cre da del den dor dra e el en fa fen fi flo for ga gen gra hal hel i in ju ka
ken ki kor la len li lo lu ma mel mi mo mun na nel ni no or pa pel per pi po qua ra ren ri ro ru sa sel shi
so sta su ta tel ti tor tra tu u val ven vi vo wa wen xi ya yo za zen zo
""".split()  # noqa: SIM905
_ENDS = ("n", "s", "r", "l", "x", "tion", "ic", "al", "ment", "ing", "ity", "er", "ed", "ive", "ance", "or")
_ACCENTED = ("é", "ö", "ü", "ña", "ø", "ą", "ç", "ī")


class Weighted:
    """Values of which the first are drawn most often: by Zipf's law, flattened at the top by `shift`."""

    def __init__(self, values: Sequence[str], *, slope: float = 1.0, shift: float = 2.7) -> None:
        self.values = values
        self._sums = list(accumulate((rank + shift) ** -slope for rank in range(len(values))))

    def draw(self, dice: Random, count: int) -> list[str]:
        return dice.choices(self.values, cum_weights=self._sums, k=count)


class Population:
    """Names that are used again and again, or once. `discount` is the share of names used only once, in the
    long run; `start` is how many uses go by before any is likely to be met again."""

    def __init__(self, coin: Callable[[Random], str], *, discount: float, start: float) -> None:
        self._coin = coin
        self._discount = discount
        self._start = start
        self._uses: list[str] = []
        self._counts: dict[str, int] = {}

    def draw(self, dice: Random) -> str:
        """A name that nobody had, or one that was used before, more likely one that is used often."""
        uses, counts, discount = self._uses, self._counts, self._discount
        total = len(uses)
        if dice.random() * (total + self._start) < self._start + discount * len(counts):
            name = self._coin(dice)
        else:
            name = uses[int(dice.random() * total)]
            while dice.random() * counts[name] < discount:
                name = uses[int(dice.random() * total)]
        uses.append(name)
        counts[name] = counts.get(name, 0) + 1
        return name

    def draw_some(self, dice: Random, count: int) -> tuple[str, ...]:
        """Up to `count` names, each once."""
        return tuple(dict.fromkeys(self.draw(dice) for _ in range(count)))


def coin_word(dice: Random) -> str:
    """A word that nobody wrote before."""
    return "".join(dice.choices(_SYLLABLES, k=dice.choice((1, 2, 2, 3)))) + dice.choice(_ENDS)


def coin_method(dice: Random) -> str:
    """What a paper calls what it made: `GraNex`, `Dentor-VL`."""
    made = coin_word(dice).capitalize()
    kind = dice.random()
    if kind < 0.4:
        return made + coin_word(dice).capitalize()
    return f"{made}-{dice.choice(('VL', 'R', 'Bench', 'Net', 'Former', 'X', 'Zero'))}" if kind < 0.7 else made


def coin_person(dice: Random) -> str:
    """A name of a person: two parts, sometimes an initial, rarely an accent."""
    first = "".join(dice.choices(_SYLLABLES, k=2)).capitalize()
    last = "".join(dice.choices(_SYLLABLES, k=dice.choice((1, 2, 2, 3)))).capitalize() + dice.choice("nsrlg")
    kind = dice.random()
    if kind < 0.05:
        return f"{first} {dice.choice('ABCDEGHJKLMPRSTW')}. {last}"
    return f"{first} {last}{dice.choice(_ACCENTED)}" if kind < 0.08 else f"{first} {last}"


def coin_handle(dice: Random) -> str:
    """What an organization or a user is called in addresses."""
    return f"{coin_word(dice)}-{coin_word(dice)}"


def vocabulary(dice: Random, count: int) -> list[str]:
    """`count` words, the most frequent first: listed ones by turns, then terms among invented ones."""
    listed = dict.fromkeys(FUNCTION[:40] + TERMS[:40] + FUNCTION[40:])
    rest = iter(TERMS[40:])
    known = listed | dict.fromkeys(TERMS)
    while len(listed) < count:
        word = next(rest, "") if len(listed) % 3 else ""
        word = word or coin_word(dice)
        if word not in listed and (word not in known or len(listed) % 3):
            listed[word] = None
    return list(listed)

"""English plurals without their ending, by rules that rather miss a plural than cut a word that is none.

The rules are those of any school grammar; the words that stand against them were found by reading what the
rules did to all words of 430 days of real keywords.
"""

from __future__ import annotations

_NO_PLURALS = frozenset({
    "adams", "always", "bayes", "besides", "bios", "chaos", "chassis", "christmas", "codeforces", "cosmos",
    "customs", "dallas", "devops", "diabetes", "ethos", "gibbs", "glasses", "goods", "graphics", "hades",
    "hans", "hermes", "holmes", "ios", "kudos", "macos", "means", "moments", "news", "odds", "pandas",
    "pathos", "perhaps", "procrustes", "series", "sometimes", "species", "stokes", "texas", "thanks",
    "towards", "vegas", "whereas",
})  # fmt: skip

_OF_ICS = frozenset({
    "basics", "characteristics", "classics", "clinics", "comics", "critics", "diagnostics", "fabrics",
    "generics", "heuristics", "logics", "lyrics", "metrics", "mosaics", "relics", "rubrics", "skeptics",
    "tactics", "topics",
})  # fmt: skip
"""Plurals that end in -ics; all else that does is the name of a field, such as physics."""

_IRREGULAR = {
    "analyses": "analysis", "axes": "axis", "biases": "bias", "buses": "bus", "caches": "cache",
    "calories": "calorie", "canvases": "canvas", "cookies": "cookie", "corpora": "corpus",
    "criteria": "criterion", "crises": "crisis", "diagnoses": "diagnosis", "echoes": "echo", "gases": "gas",
    "heroes": "hero", "hypotheses": "hypothesis", "indices": "index", "lenses": "lens", "matrices": "matrix",
    "movies": "movie", "niches": "niche", "parentheses": "parenthesis", "phenomena": "phenomenon",
    "quizzes": "quiz", "selfies": "selfie", "statuses": "status", "syntheses": "synthesis",
    "vertices": "vertex", "viruses": "virus", "apis": "api", "cpus": "cpu", "gpus": "gpu", "guis": "gui",
    "menus": "menu", "npus": "npu", "tpus": "tpu",
}  # fmt: skip

_WITH_ES = ("sses", "xes", "ches", "shes")
_KEPT = ("ss", "us", "is", "ias", "ics", "atlas", "canvas", "lens")
_LEAST = 4
_ACRONYM = 3


def singular(word: str, spelled: str = "") -> str:
    """The lower-case `word` without its plural's ending; any other word as it is.

    `spelled` is the word as it was written. It knows more: the `s` of `GPUs` is an ending, that of `MCTS` is
    not.
    """
    if len(word) >= _ACRONYM and spelled.endswith("s") and spelled[-2].isupper():
        return word[:-1]
    if spelled.endswith("S") or len(word) < _LEAST:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.endswith("s") or not word[-2].isalpha() or word in _NO_PLURALS:
        return word
    if word.endswith(_KEPT) and word not in _OF_ICS:
        return word
    if word.endswith("ies") and len(word) > _LEAST:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_WITH_ES) else word[:-1]

"""Observations kept as text say what the observations said."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from generator.model.paper import Figures, Observation
from generator.model.sightings import Sightings, joined, row_of

COUNTS = st.none() | st.integers(0, 10**15)
SEEN = st.lists(
    st.builds(
        Observation,
        st.sampled_from(["2025-11-07", "2025-11-07T08:00:00Z", "2025-11-08T08:00:00Z", "2025-12-01"]),
        st.sampled_from(["a", "b", "c"]),
        st.builds(Figures, COUNTS, COUNTS, COUNTS),
    ),
    max_size=12,
)


def sorted_by_paper(seen: list[Observation]) -> dict[str, tuple[Observation, ...]]:
    """Of one moment, those that were told first come first."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for each in sorted(seen, key=lambda each: each.observed):
        found[each.paper_id].append(each)
    return {paper_id: tuple(each) for paper_id, each in found.items()}


@given(SEEN, SEEN)
def test_observations_are_what_was_put_in_oldest_first(
    before: list[Observation], more: list[Observation]
) -> None:
    wanted = sorted_by_paper([*before, *more])
    found = Sightings.of(sorted_by_paper(before)).with_more(more)
    assert dict(found) == wanted
    assert (set(found), len(found)) == (set(wanted), len(wanted))
    for paper_id in ("a", "b", "c"):
        seen = wanted.get(paper_id, ())
        assert (paper_id in found) == bool(seen)
        assert found.rows(paper_id) == "\n".join(map(row_of, seen))
        assert found.latest(paper_id) == (seen[-1].figures if seen else Figures())
        assert found.upvotes(paper_id) == (seen[-1].figures.upvotes if seen else None)
    assert dict(found.last()) == {paper_id: seen[-1].observed for paper_id, seen in wanted.items()}


def test_rows_of_two_logs_are_put_in_order() -> None:
    assert joined("2025-11-07,1,,", "2025-11-08,2,,") == "2025-11-07,1,,\n2025-11-08,2,,"
    assert joined("2025-11-08,2,,", "2025-11-07,1,,") == "2025-11-07,1,,\n2025-11-08,2,,"
    assert (joined("", "2025-11-07,1,,"), joined("2025-11-07,1,,", "")) == ("2025-11-07,1,,",) * 2

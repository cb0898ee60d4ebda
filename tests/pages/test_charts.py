"""Pictures as data: every axis of amounts begins at 0, and every length follows from its amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.charts import (
    BOTTOM,
    TOP,
    Table,
    chosen,
    columns,
    line,
    number,
    polyline,
    rows,
    steps,
)

NO_TABLE = Table((), ())


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, (0, 1)), (3, (0, 1, 2, 3)), (4, (0, 1, 2, 3, 4)), (5, (0, 2, 4, 6)), (100, (0, 50, 100)),
        (871, (0, 500, 1000)), (0.9, (0, 0.5, 1)), (30, (0, 10, 20, 30)),
    ],
)  # fmt: skip
def test_steps_are_round_begin_at_0_and_reach_the_most(most: float, expected: tuple[float, ...]) -> None:
    assert steps(most) == expected


@pytest.mark.parametrize("most", [1, 7, 19, 42, 99, 101, 12345, 0.037])
def test_steps_are_five_at_most_and_waste_less_than_half(most: float) -> None:
    found = steps(most)
    assert len(found) <= 5
    assert most <= found[-1] < 2.01 * most


def test_columns_are_as_high_as_their_values_and_stand_on_the_axis() -> None:
    chart = columns(
        "c", "Ropes", "All.", unit="ropes", labels=["May", "June"], values=[0, 4], ticks=[(0, "May")],
        table=NO_TABLE,
    )  # fmt: skip
    none, four = chart.bars
    assert (none.height, none.text) == (0, "May: 0 ropes")
    assert (four.y, four.y + four.height) == (TOP, BOTTOM)
    assert 0 < none.x < none.x + none.width < four.x < four.x + four.width < 100
    assert (chart.y_ticks[0].at, chart.y_ticks[0].text) == (BOTTOM, "0")
    assert chart.x_ticks[0].at == pytest.approx(none.x + none.width / 2, abs=0.01)


def test_a_line_runs_from_edge_to_edge_and_its_axis_begins_at_0() -> None:
    chart = line(
        "l", "Ropes", "All.", unit="%", places=(0, 0.5, 1), values=(0, 50, 100), ticks=[(0, "a"), (1, "b")],
        table=NO_TABLE, percent=True,
    )  # fmt: skip
    assert chart.line == "0,100 50,50 100,0"
    assert [tick.text for tick in chart.y_ticks] == ["0 %", "50 %", "100 %"]
    assert [tick.at for tick in chart.x_ticks] == [0, 100]


def test_a_line_of_nothing_lies_on_the_axis() -> None:
    chart = line("l", "t", "d", unit="u", places=(0, 1), values=(0, 0), ticks=[], table=NO_TABLE)
    assert chart.line == "0,100 100,100"


def test_rows_share_one_scale_and_may_show_a_change() -> None:
    plain = rows("r", "t", "d", unit="u", labels=["a", "b"], values=[1, 2], texts=["1", "2"], table=NO_TABLE)
    assert [(row.start, row.end) for row in plain.rows] == [(None, 50), (None, 100)]
    change = rows(
        "r", "t", "d", unit="u", labels=["a"], values=[1], starts=[2], texts=["2 → 1"], table=NO_TABLE
    )
    assert [(row.start, row.end) for row in change.rows] == [(100, 50)]


def test_a_long_label_is_cut() -> None:
    (row,) = rows("r", "t", "d", unit="u", labels=["rope" * 20], values=[1], texts=["1"], table=NO_TABLE).rows
    assert len(row.label) == 34
    assert row.label.endswith("r…")


@pytest.mark.parametrize(
    ("count", "expected"), [(0, ()), (1, (0,)), (4, (0, 1, 2, 3)), (5, (0, 2, 4)), (30, (0, 12, 24))]
)
def test_no_more_labels_stand_on_an_axis_than_fit(count: int, expected: tuple[int, ...]) -> None:
    assert chosen(count) == expected


_SHARES = st.floats(-0.001, 1.001) | st.integers(0, 1000).map(lambda number: number / 1000)


@given(st.lists(st.tuples(_SHARES, _SHARES)))
def test_points_have_two_digits_and_no_idle_noughts(points: list[tuple[float, float]]) -> None:
    places, shares = [x for x, _ in points], [y for _, y in points]
    assert polyline(places, shares) == " ".join(
        [f"{round(100 * x, 2):g},{round(100 - 100 * y, 2):g}" for x, y in points]
    )


def test_numbers_are_as_people_write_them() -> None:
    assert [number(1200), number(0.5), number(12, percent=True)] == ["1,200", "0.5", "12 %"]
    assert polyline((0, 1 / 3), (1 / 3, 1)) == "0,66.67 33.33,0"

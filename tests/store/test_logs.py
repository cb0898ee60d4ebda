"""The logs: rows to values and back, and every bad row named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.model.paper import DayRecord, Figures, Observation
from generator.model.sightings import row_of
from generator.store.logs import (
    DAYS_HEADER,
    METRICS_HEADER,
    UNKNOWN_HEADER,
    days_row,
    metrics_row,
    read_days,
    read_metrics,
    read_unknown,
    to_text,
    unknown_row,
)

COUNTS = st.none() | st.integers(0, 10**9)
MOMENTS = st.datetimes().map(lambda moment: f"2025-{moment:%m-%dT%H:%M:%SZ}") | st.dates(
    date(1900, 1, 1), date(2099, 12, 31)
).map(date.isoformat)
OBSERVATIONS = st.builds(
    Observation,
    MOMENTS.filter(lambda text: "02-29" not in text),
    st.sampled_from(["2511.00001", "a.b-c_d"]),
    st.builds(Figures, COUNTS, COUNTS, COUNTS),
)


def problems(read: object, *rows: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read("\n".join((*rows, "")), "log.csv")  # type: ignore[operator]
    return [str(problem) for problem in caught.value.problems]


@settings(max_examples=100, deadline=None)
@given(st.lists(OBSERVATIONS, max_size=6))
def test_observations_are_read_back_as_they_were_written(rows: list[Observation]) -> None:
    text = to_text(METRICS_HEADER, map(metrics_row, rows))
    told = [(row.paper_id, row_of(row)) for row in rows]
    assert sorted(read_metrics(text, "log.csv")) == sorted(told)


def test_a_figure_that_nobody_knows_is_an_empty_cell_and_not_a_zero() -> None:
    row = Observation("2025-11-07T08:00:00Z", "2511.00001", Figures(upvotes=0))
    assert metrics_row(row) == "2025-11-07T08:00:00Z,2511.00001,0,,"


def test_days_are_read_back_as_they_were_written() -> None:
    records = [
        DayRecord(date(2025, 11, 7), 31, "open", "2025-11-07T08:00:00Z"),
        DayRecord(date(2025, 11, 8), 0, "empty", "2025-11-09"),
    ]
    text = to_text(DAYS_HEADER, map(days_row, reversed(records)))
    assert text == (
        "day,listed,status,changed_at\n2025-11-07,31,open,2025-11-07T08:00:00Z\n2025-11-08,0,empty,2025-11-09\n"
    )
    assert read_days(text, "days.csv") == records


def test_every_bad_row_of_the_metrics_log_is_named_with_its_line() -> None:
    columns = "; the columns are observed,id,upvotes,comments,github_stars."
    moment = "is no day and no UTC moment such as 2025-11-07T08:00:00Z"
    assert problems(
        read_metrics,
        METRICS_HEADER,
        "2025-11-07,2511.00001,1,2,3",
        "2025-11-07,2511.00001,1,2",
        "",
        "yesterday,2511.00001,1,2,3",
        "2025-13-45,2511.00001,1,2,3",
        "2025-11-07T25:00:00Z,2511.00001,1,2,3",
        "٢٠٢٥-11-07,2511.00001,1,2,3",
        "2025-11-07,../x,1,2,3",
        "2025-11-07,2511.00001,-1,2,3",
        "2025-11-07,2511.00001,1,2.5,3",
        "2025-11-07,2511.00001,1,2,٣",
        f"2025-11-07,2511.00001,1,2,{'9' * 5000}",
    ) == [
        "log.csv:3: has 4 columns, not 5" + columns,
        f"log.csv:5: 'yesterday' {moment}" + columns,
        f"log.csv:6: '2025-13-45' {moment}" + columns,
        f"log.csv:7: '2025-11-07T25:00:00Z' {moment}" + columns,
        f"log.csv:8: '٢٠٢٥-11-07' {moment}" + columns,
        "log.csv:9: '../x' is no paper's id" + columns,
        "log.csv:10: '-1' is no count" + columns,
        "log.csv:11: '2.5' is no count" + columns,
        "log.csv:12: '٣' is no count" + columns,
        f"log.csv:13: '{'9' * 40}…' is no count" + columns,
    ]


def test_every_bad_row_of_the_day_log_is_named_with_its_line() -> None:
    columns = "; the columns are day,listed,status,changed_at."
    moment = "is no day and no UTC moment such as 2025-11-07T08:00:00Z"
    assert problems(
        read_days,
        DAYS_HEADER,
        "2025-11-07,31,open,2025-11-07T08:00:00Z",
        "2025-11-08,31,open",
        "2025-11-09,31,shut,2025-11-07T08:00:00Z",
        "20251110,31,open,2025-11-07T08:00:00Z",
        "2025-02-30,31,open,2025-11-07T08:00:00Z",
        "2025-11-11,many,open,2025-11-07T08:00:00Z",
        "2025-11-12,31,open,2025-13-45",
        "2025-11-07,32,open,2025-11-08T08:00:00Z",
    ) == [
        "log.csv:3: has 3 columns, not 4" + columns,
        "log.csv:4: 'shut' is not one of complete, open, empty, failed" + columns,
        "log.csv:5: '20251110' is no day such as 2025-11-07" + columns,
        "log.csv:6: '2025-02-30' is no day such as 2025-11-07" + columns,
        "log.csv:7: 'many' is no count" + columns,
        f"log.csv:8: '2025-13-45' {moment}" + columns,
        "log.csv:9: 2025-11-07 stands here a second time" + columns,
    ]


@pytest.mark.parametrize(
    ("read", "header"), [(read_metrics, METRICS_HEADER), (read_days, DAYS_HEADER)], ids=["metrics", "days"]
)
def test_a_log_must_begin_with_its_header_and_may_not_be_half_merged(read: object, header: str) -> None:
    assert problems(read, "what,ever") == [f"log.csv:1: must begin with the line {header}"]
    assert problems(read) == [f"log.csv:1: must begin with the line {header}"]
    assert problems(read, header, "<<<<<<< HEAD", "a", "=======", "b", ">>>>>>> theirs") == [
        "log.csv:2: has the marks of a merge that was never finished; choose a side."
    ]


def test_ids_that_arxiv_does_not_know_are_read_back() -> None:
    unknown = {"2511.00002": date(2025, 11, 20), "2511.00001": date(2025, 11, 21)}
    text = to_text(UNKNOWN_HEADER, [unknown_row(*each) for each in unknown.items()])
    assert text == "id,asked\n2511.00001,2025-11-21\n2511.00002,2025-11-20\n"
    assert read_unknown(text, "unknown.csv") == unknown


def test_bad_rows_of_them_are_named() -> None:
    assert problems(read_unknown, UNKNOWN_HEADER, "2511.00001", "../x,2025-11-20", "2511.00002,soon") == [
        "log.csv:2: has 1 columns, not 2; the columns are id,asked.",
        "log.csv:3: '../x' is no paper's id; the columns are id,asked.",
        "log.csv:4: 'soon' is no day such as 2025-11-07; the columns are id,asked.",
    ]

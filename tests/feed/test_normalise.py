"""Each oddity of the feed twice: in the real entry that has it, by day and id, and in an invented twin."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import NotAPage, Problem
from generator.feed.answer import parse_answer
from generator.feed.normalise import KNOWN_FIELDS, KNOWN_PAPER_FIELDS, normalise_entry, normalise_page
from generator.feed.text import abstract, clean, one_line
from generator.model.markup import unescape
from generator.model.paper import Figures, Organization, Paper

from .invented import DAY, entry, full, noted, only, page_of, real, real_file, real_raw, refused

real_data = pytest.mark.real


def test_an_ordinary_entry_is_read_in_full() -> None:
    assert only(full(7)).paper == Paper(
        id="2511.00007",
        title="On the Colour of Bicycles, Part 7",
        authors=("Ida Rode", "Omar Quist"),
        published=date(2025, 11, 6),
        days=(DAY,),
        submitted_by="irode",
        organization=Organization(name="velo", fullname="Velo Institute"),
        keywords=("bicycles", "colour vision"),
        summary="Red bicycles are the fastest.",
        github="https://github.com/velo/colours-7",
        project="https://velo.example/colours",
        abstract="We ride bicycles\nof many colours.\n\nThe red one is the fastest.",
    )
    assert only(full(7)).figures == Figures(upvotes=12, comments=2, github_stars=34)


def test_an_entry_needs_no_more_than_an_id_and_a_title() -> None:
    assert only(entry()).paper == Paper(id="2511.00001", title="On the Colour of Bicycles", days=(DAY,))
    assert only(entry()).figures == Figures()


class TestDays:
    def test_the_day_is_the_day_asked_for_and_published_is_the_papers_own_utc_date(self) -> None:
        paper = only(
            entry(publishedAt="2025-11-05T23:30:00.000Z", top_publishedAt="2025-11-05T18:30:00.000Z")
        ).paper
        assert (paper.days, paper.published) == ((DAY,), date(2025, 11, 5))

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("2025-11-05T00:00:00.000Z", date(2025, 11, 5)),
            ("2025-11-05T23:30:00-05:00", date(2025, 11, 6)),
            ("2025-11-05T23:30:00", date(2025, 11, 5)),
            ("2025-11-05", date(2025, 11, 5)),
            (" 2025-11-05 ", date(2025, 11, 5)),
        ],
    )
    def test_a_moment_becomes_its_utc_day(self, given: str, expected: date) -> None:
        assert only(entry(publishedAt=given)).paper.published == expected

    @pytest.mark.parametrize(
        "given",
        ["yesterday", "", "2025-02-30", "0001-01-01T00:00:00+14:00", "9999-01-01", 1762387200, [], True],
    )
    def test_what_is_no_date_is_left_out_with_a_note(self, given: object) -> None:
        read, note = noted(entry(publishedAt=given))
        assert read.paper.published is None
        assert "is no date, so it was left out" in note

    @real_data
    def test_until_march_2025_the_top_level_date_is_that_of_the_submission(self) -> None:
        raw = real_raw("2024-03-13", "2403.07750")
        assert raw["publishedAt"][:10] == "2024-03-13"
        assert real("2024-03-13", "2403.07750").paper.published == date(2024, 3, 12)

    @real_data
    def test_midnight_times_since_april_2026_are_days_too(self) -> None:
        assert real_raw("2026-08-17", "2608.14277")["paper"]["publishedAt"].endswith("T00:00:00.000Z")
        read = real("2026-08-17", "2608.14277").paper
        assert read.published == date.fromisoformat(
            real_raw("2026-08-17", "2608.14277")["paper"]["publishedAt"][:10]
        )

    @real_data
    def test_the_id_may_be_of_another_month_than_the_publication(self) -> None:
        assert real("2024-03-15", "2403.08773").paper.published == date(2024, 1, 18)

    @real_data
    def test_a_paper_may_be_listed_months_after_its_id(self) -> None:
        assert real("2026-08-10", "2603.18846").paper.days == (date(2026, 8, 10),)

    @real_data
    @pytest.mark.parametrize(
        ("paper_id", "first", "second"),
        [("2606.11176", "2026-06-10", "2026-06-16"), ("2608.13558", "2026-08-14", "2026-08-20")],
    )
    def test_the_same_paper_may_be_listed_on_two_days(self, paper_id: str, first: str, second: str) -> None:
        assert real(first, paper_id).paper.days == (date.fromisoformat(first),)
        assert real(second, paper_id).paper.days == (date.fromisoformat(second),)

    def test_a_source_that_does_not_say_the_day_gives_a_paper_without_days(self) -> None:
        outcome, notes = normalise_entry(entry(), None, "somewhere, entry 1")
        assert not isinstance(outcome, Problem)
        assert (outcome.paper.days, notes) == ((), ())


class TestTitles:
    def test_a_line_break_and_its_indentation_fold_to_one_space(self) -> None:
        assert only(entry(title="Bicycles and\n  Their Colours")).paper.title == "Bicycles and Their Colours"

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id"), [("2024-03-13", "2403.07750"), ("2025-11-12", "2511.07080")]
    )
    def test_a_line_break_in_a_real_title(self, day: str, paper_id: str) -> None:
        assert "\n  " in real_raw(day, paper_id)["paper"]["title"]
        assert "\n" not in real(day, paper_id).paper.title
        assert "  " not in real(day, paper_id).paper.title

    @pytest.mark.parametrize(
        ("of_paper", "top", "expected"),
        [
            # A formula that only the top-level title still has is kept, with its TeX.
            ("Bike^2: Two\n  Wheels", "Bike$^2$: Two Wheels", "Bike$^2$: Two Wheels"),
            ("AtimesB: A Product", "A$\\times$B: A Product", "A$\\times$B: A Product"),
            ("On x_{1} Norms", "On $x_{1}$ Norms", "On $x_{1}$ Norms"),
            # Dollars around letters, and text macros, are no formula.
            ("f-Wheels", "$f$-Wheels", "f-Wheels"),
            ("μBike", "$μ$Bike", "μBike"),
            ("Bike: A Frame", "$\\textit{Bike}$: A Frame", "Bike: A Frame"),
            ("Bike: A Frame", "\\textsc{Bike}: A Frame", "Bike: A Frame"),
            # Another title altogether: the paper's own counts.
            ("A New Title", "An Old $x^2$ Title", "A New Title"),
            # Money is no formula.
            ("Bikes for $200k", "Bikes for $200k", "Bikes for $200k"),
            ("From $5 to $9_000", "From $5 to $9 000", "From $5 to $9_000"),
        ],
    )
    def test_of_two_titles_the_one_with_the_formula_counts(
        self, of_paper: str, top: str, expected: str
    ) -> None:
        assert only(entry(title=of_paper, top_title=top)).paper.title == expected

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "keeps_the_formula"),
        [
            ("2024-03-13", "2403.07750", True),
            ("2025-03-07", "2503.04725", True),
            ("2024-05-28", "2405.17258", False),
        ],
    )
    def test_the_real_pairs_of_titles(self, day: str, paper_id: str, keeps_the_formula: bool) -> None:
        raw = real_raw(day, paper_id)
        of_paper, top = (" ".join(title.split()) for title in (raw["paper"]["title"], raw["title"]))
        assert of_paper != top
        assert real(day, paper_id).paper.title == (top if keeps_the_formula else of_paper)

    @pytest.mark.parametrize("missing", [None, "", " \n ", 5, ["a"], {}, "\u200b\u202e"])
    def test_a_missing_title_is_taken_from_the_top_level(self, missing: object) -> None:
        assert only(entry(title=missing, top_title="The Other One")).paper.title == "The Other One"

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "part"),
        [
            ("2025-04-11", "2504.07128", "<think>"),
            ("2026-04-21", "2604.17388", "\\ "),
            ("2026-04-17", "2604.14683", "^{3}"),
            ("2024-11-19", "2411.10168", "`"),
            ("2025-02-04", "2502.01081", "["),
            ("2026-08-18", "2608.14614", " $60 "),
            ("2024-11-05", "2411.02355", '"'),
            ("2025-11-03", "2510.25889", "_"),
        ],
    )
    def test_signs_in_a_real_title_stay_as_they_are(self, day: str, paper_id: str, part: str) -> None:
        raw = real_raw(day, paper_id)["paper"]["title"]
        assert part in raw
        assert real(day, paper_id).paper.title == " ".join(raw.split())

    @pytest.mark.parametrize(
        "title",
        [
            "<think> twice",
            "Nets\\ for x",
            "DR^{3}",
            "`a`",
            "[1] b",
            "$60 GPUs",
            '"Ride" on',
            "π_0",
            "{{ x }}",
        ],
    )
    def test_signs_in_a_title_stay_as_they_are(self, title: str) -> None:
        assert only(entry(title=title)).paper.title == title


class TestAbstracts:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("one\ntwo", "one\ntwo"),
            ("one\n  two", "one\n\ntwo"),
            ("  one\ntwo\n", "one\ntwo"),
            ("one\n\ntwo", "one\n\ntwo"),
            ("one\n \n\n  two", "one\n\ntwo"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("one\u2028two\u2029three\x85four", "one\ntwo\n\nthree\nfour"),
            ("tab\there", "tab here"),
            ("a\x00b\x1b\x7fc\ufeffd", "abcd"),
            ("\u202eoverride\u202c \u2066isolate\u2069", "override isolate"),
            ("half \ud83d pair, whole \ud83d\ude00 pair", "half \ufffd pair, whole \U0001f600 pair"),
            ("\uffff", "\ufffd"),
            ("ﬁne a̐ شىء 人 \U0001f6b2\u200d\u2642\ufe0f", "ﬁne a̐ شىء 人 \U0001f6b2\u200d\u2642\ufe0f"),
            ("costs $5 and 83.3\\% of <EOS>", "costs \\$5 and 83.3\\\\% of \\<EOS\\>"),
            ("- one\n1) two\n# three", "\\- one\n1\\) two\n\\# three"),
        ],
    )
    def test_the_text_stays_and_what_cannot_be_seen_goes(self, given: str, expected: str) -> None:
        assert only(entry(summary=given)).paper.abstract == expected

    def test_the_top_level_copy_stands_in_for_a_missing_one(self) -> None:
        assert only(entry(top_summary="It is here.")).paper.abstract == "It is here."

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])))
    def test_no_visible_character_is_lost_doubled_or_changed(self, text: str) -> None:
        assert (
            unescape(abstract(text)).split()
            == text.replace("\uffff", "\ufffd").replace("\ufffe", "\ufffd").split()
        )

    @given(st.text(st.characters()))
    def test_whatever_the_text_it_can_be_written_and_cleaned_only_once(self, text: str) -> None:
        abstract(text).encode("utf-8")
        assert clean(clean(text)) == clean(text)
        assert one_line(one_line(text)) == one_line(text)
        assert not set("\0\r\v\f\x85\u2028\u2029\u202e\u2066") & set(abstract(text))

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "part"),
        [
            ("2024-05-28", "2405.17428", "\\<EOS\\>"),
            ("2025-06-04", "2506.03143", "\\<ACTOR\\>"),
            ("2026-08-17", "2608.14277", "\\</think\\>"),
            ("2024-03-21", "2403.13501", "\n1\\) "),
            ("2026-02-17", "2602.09185", "\n\n\\> "),
        ],
    )
    def test_real_text_that_looks_like_markup(self, day: str, paper_id: str, part: str) -> None:
        read = real(day, paper_id).paper.abstract
        assert part in read
        assert unescape(read).split() == real_raw(day, paper_id)["paper"]["summary"].split()


class TestPeople:
    def test_authors_stand_in_order_as_given(self) -> None:
        names = ["Jiří", "Navrátil", 'Ida "Spoke" Rode', "GLM-4. 5 Team", "Ida Rode", "Ida Rode", "李四"]
        raw = [{"name": name, "hidden": number == 1} for number, name in enumerate(names)]
        assert only(entry(authors=raw)).paper.authors == tuple(names)

    def test_white_space_in_a_name_folds_and_empty_names_go_with_a_note(self) -> None:
        raw = [
            {"name": " Ida\n  Rode\u202e"},
            {"name": " "},
            {"hidden": True},
            {"name": None},
            5,
            "Omar Quist",
        ]
        read, note = noted(entry(authors=raw))
        assert read.paper.authors == ("Ida Rode", "Omar Quist")
        assert note == "4 of its 6 authors have no usable name, so they were left out"

    @pytest.mark.parametrize("given", ["Ida Rode", {"name": "Ida"}, 3, True])
    def test_authors_that_are_no_array_are_left_out_with_a_note(self, given: object) -> None:
        read, note = noted(entry(authors=given))
        assert read.paper.authors == ()
        assert "not an array" in note

    def test_five_thousand_authors_are_believed_and_one_more_is_not(self) -> None:
        raw = [{"name": f"Author {number}"} for number in range(5_001)]
        assert len(only(entry(authors=raw[:-1])).paper.authors) == 5_000
        assert refused(entry(authors=raw)) == "it names 5,001 authors, and more than 5,000 cannot be right"

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "count"), [("2024-08-01", "2407.21783", 533), ("2026-07-28", "2607.24653", 402)]
    )
    def test_hundreds_of_real_authors(self, day: str, paper_id: str, count: int) -> None:
        assert len(real(day, paper_id).paper.authors) == count

    @real_data
    def test_a_real_name_that_stands_twice_is_kept_twice(self) -> None:
        authors = real("2024-08-01", "2407.21783").paper.authors
        assert len(set(authors)) < len(authors)

    @real_data
    def test_a_real_hidden_author_is_an_author(self) -> None:
        raw = real_raw("2024-03-19", "2403.10615")["paper"]["authors"]
        hidden = [author["name"] for author in raw if author["hidden"]]
        assert hidden
        assert set(hidden) <= set(real("2024-03-19", "2403.10615").paper.authors)

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "is_odd"),
        [
            ("2024-03-19", "2403.11901", lambda name: " " not in name),
            ("2026-07-22", "2607.19331", lambda name: '"' in name),
            ("2025-08-11", "2508.06471", lambda name: any(map(str.isdigit, name))),
        ],
        ids=["of one word", "with a quotation mark", "with digits"],
    )
    def test_odd_real_names_stay_as_given(
        self, day: str, paper_id: str, is_odd: Callable[[str], bool]
    ) -> None:
        names = tuple(author["name"] for author in real_raw(day, paper_id)["paper"]["authors"])
        assert any(map(is_odd, names))
        assert real(day, paper_id).paper.authors == names

    @pytest.mark.parametrize(
        ("daily", "submitted", "expected"),
        [
            ({"user": "ida", "name": "no"}, {"name": "omar"}, "ida"),
            ({"name": "ida"}, {"name": "omar"}, "ida"),
            ({}, {"name": "omar", "user": "no"}, "omar"),
            (None, {"user": "omar"}, "omar"),
            ({"user": " "}, {"name": " omar "}, "omar"),
            (None, None, None),
            ({"fullname": "Ida Rode"}, None, None),
        ],
    )
    def test_the_submitter_is_a_login(self, daily: object, submitted: object, expected: str | None) -> None:
        raw = entry(submittedOnDailyBy=daily, top_submittedBy=submitted)
        assert only(raw).paper.submitted_by == expected

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "where"),
        [
            ("2024-03-19", "2403.10615", None),
            ("2025-03-11", "2503.07314", None),
            ("2024-08-01", "2407.21783", "submittedBy"),
            ("2025-11-12", "2511.07080", "submittedOnDailyBy"),
        ],
    )
    def test_the_real_submitters_over_the_years(self, day: str, paper_id: str, where: str | None) -> None:
        raw = real_raw(day, paper_id)
        login = {
            None: None,
            "submittedBy": raw.get("submittedBy", {}).get("name"),
            "submittedOnDailyBy": raw["paper"].get("submittedOnDailyBy", {}).get("user"),
        }[where]
        assert real(day, paper_id).paper.submitted_by == login

    @real_data
    def test_a_relative_avatar_harms_nothing(self) -> None:
        day = json.loads(real_file("feed", "2024-06-13.json").read_bytes())
        assert any("/avatars/" in str(each) for each in day)
        assert real("2024-06-13", "2406.06523").paper.authors

    @pytest.mark.parametrize(
        ("top", "of_paper", "expected"),
        [
            ({"name": "velo", "fullname": "Velo Lab "}, None, Organization("velo", "Velo Lab")),
            (None, {"name": "velo", "fullname": "Velo Lab"}, Organization("velo", "Velo Lab")),
            ({"name": "velo"}, None, Organization("velo", "velo")),
            ({"fullname": "Velo Lab"}, None, Organization("Velo Lab", "Velo Lab")),
            ({"name": " "}, {"name": "velo"}, Organization("velo", "velo")),
            ({}, None, None),
        ],
    )
    def test_the_organization_is_the_papers(
        self, top: object, of_paper: object, expected: Organization | None
    ) -> None:
        assert only(entry(organization=of_paper, top_organization=top)).paper.organization == expected

    def test_the_submitters_organization_is_not_the_papers(self) -> None:
        assert only(entry(top_submitterOrganization={"name": "velo"})).paper.organization is None

    @real_data
    def test_a_real_organization_whose_name_ends_in_a_space(self) -> None:
        raw = real_raw("2025-10-10", "2510.08551")["organization"]
        assert raw["fullname"].endswith(" ")
        expected = Organization(raw["name"], raw["fullname"].rstrip())
        assert real("2025-10-10", "2510.08551").paper.organization == expected


class TestKeywords:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            (
                [" colour\n  vision ", "", " ", "colour vision", "Colour vision"],
                ("colour vision", "Colour vision"),
            ),
            (
                ["multi-scene, multi-shot", "FlashAttention-3/4"],
                ("multi-scene, multi-shot", "FlashAttention-3/4"),
            ),
            (["$k$-NN accuracy", "shared-$A$ LoRA", "$μ$P"], ("k-NN accuracy", "shared-A LoRA", "μP")),
            (
                ["$\\tau$-bench", "$^2$", "F$_1$", "a $5 bike"],
                ("$\\tau$-bench", "$^2$", "F$_1$", "a $5 bike"),
            ),
            (["$1$ dollar", "$20$"], ("$1$ dollar", "$20$")),
            (None, ()),
            ([None], ()),
        ],
    )
    def test_keywords_are_tidied_and_otherwise_as_given(
        self, given: object, expected: tuple[str, ...]
    ) -> None:
        assert only(entry(ai_keywords=given)).paper.keywords == expected

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "sign"),
        [
            ("2025-03-11", "2503.07314", ","),
            ("2026-08-21", "2608.19758", "/"),
            ("2025-03-13", "2503.09427", "$"),
        ],
    )
    def test_odd_real_keywords(self, day: str, paper_id: str, sign: str) -> None:
        raw = real_raw(day, paper_id)["paper"]["ai_keywords"]
        assert any(sign in keyword for keyword in raw)
        assert real(day, paper_id).paper.keywords == tuple(keyword.replace("$k$", "k") for keyword in raw)

    @real_data
    def test_a_real_empty_keyword_is_dropped(self) -> None:
        assert "" in real_raw("2025-08-07", "2508.04586")["paper"]["ai_keywords"]
        assert "" not in real("2025-08-07", "2508.04586").paper.keywords

    @real_data
    def test_there_may_be_keywords_without_a_summary(self) -> None:
        read = real("2025-03-11", "2503.03601").paper
        assert (bool(read.keywords), read.summary) == (True, None)


class TestLinks:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("https://github.com/velo/bike", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike/", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike//", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike.git", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike/tree/main/a/b", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike/blob/main/", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike?tab=readme-ov-file", "https://github.com/velo/bike"),
            ("https://github.com/velo/bike#start", "https://github.com/velo/bike"),
            ("https://github.com/\nvelo/bike.git", "https://github.com/velo/bike"),
            (" http://www.GitHub.com/velo/Bike ", "https://github.com/velo/Bike"),
            ("github.com/velo/bike", "https://github.com/velo/bike"),
            ("git@github.com:velo/bike.git", "https://github.com/velo/bike"),
            ("https://github.com/velo", "https://github.com/velo"),
            ("http://github.com/velo/", "https://github.com/velo"),
            ("https://github.com/orgs/velo/repositories", "https://github.com/orgs/velo/repositories"),
            ("https://gitlab.com/velo/bike/-/tree/main", "https://gitlab.com/velo/bike/-/tree/main"),
            ("https://velo.github.io/bike/", "https://velo.github.io/bike/"),
            ("https://github.com.evil.example/velo/bike", "https://github.com.evil.example/velo/bike"),
            ("https://github.com/", "https://github.com/"),
            ("https://github.com/velo/..", "https://github.com/velo/.."),
            ("https://github.com/velo_corp/b.i-k_e", "https://github.com/velo_corp/b.i-k_e"),
        ],
    )
    def test_a_repository_is_made_plain_where_that_is_certain(self, given: str, expected: str) -> None:
        assert only(entry(githubRepo=given)).paper.github == expected

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            (" https://velo.example/a", "https://velo.example/a"),
            ("http://velo.example", "http://velo.example"),
            ("HTTPS://Velo.Example/A", "https://velo.example/A"),
            ("http://192.0.2.7:5000/", "http://192.0.2.7:5000/"),
            ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
            ("https://velo.example/a?b=c&d=%20#e", "https://velo.example/a?b=c&d=%20#e"),
            ("https://fahrräder.example/grün", "https://xn--fahrrder-4za.example/gr%C3%BCn"),
            ("https://velo.example/{a}|b", "https://velo.example/%7Ba%7D%7Cb"),
        ],
    )
    def test_a_project_page_is_kept_where_it_is_a_sound_address(self, given: str, expected: str) -> None:
        assert only(entry(projectPage=given)).paper.project == expected

    def test_an_empty_link_is_no_link(self) -> None:
        paper = only(entry(githubRepo="", projectPage=" ")).paper
        assert (paper.github, paper.project) == (None, None)

    @real_data
    @pytest.mark.parametrize(
        ("day", "paper_id", "field", "raw_field", "odd"),
        [
            ("2025-03-04", "2503.00501", "github", "githubRepo", r"/$"),
            ("2026-02-13", "2602.11598", "github", "githubRepo", r"/tree/.*$"),
            ("2025-03-17", "2503.11646", "project", "projectPage", r"^ "),
            ("2026-03-16", "2603.11382", "project", "projectPage", None),
        ],
        ids=["final slash", "branch", "leading space", "http"],
    )
    def test_odd_real_links(
        self, day: str, paper_id: str, field: str, raw_field: str, odd: str | None
    ) -> None:
        raw = real_raw(day, paper_id)["paper"][raw_field]
        plain = re.sub(odd, "", raw) if odd else raw
        assert (plain != raw) if odd else raw.startswith("http:")
        assert getattr(real(day, paper_id).paper, field) == plain


class TestFigures:
    def test_stars_stand_without_a_repository(self) -> None:
        read = only(entry(githubStars=5))
        assert (read.paper.github, read.figures.github_stars) == (None, 5)

    @real_data
    def test_real_stars_without_a_repository(self) -> None:
        read = real("2025-10-13", "2510.08872")
        assert (read.paper.github, read.figures.github_stars) == (None, 0)

    @pytest.mark.parametrize(
        ("given", "expected"), [(0, 0), (10**9, 10**9), ("12", 12), (" 7 ", 7), (None, None)]
    )
    def test_a_count_is_a_count(self, given: object, expected: int | None) -> None:
        assert only(entry(upvotes=given)).figures.upvotes == expected
        assert only(entry(top_numComments=given)).figures.comments == expected


class TestPages:
    @real_data
    @pytest.mark.parametrize(
        ("day", "count"), [("2025-09-30", 50), ("2026-05-12", 50), ("2026-05-13", 50), ("2025-07-07", 1)]
    )
    def test_real_pages_of_fifty_and_of_one(self, day: str, count: int) -> None:
        raw = json.loads(real_file("feed", f"{day}.json").read_bytes())
        assert len(normalise_page(raw, date.fromisoformat(day)).entries) == count

    @real_data
    def test_a_real_empty_list_of_media_harms_nothing(self) -> None:
        assert real_raw("2024-10-29", "2406.10615").get("mediaUrls") == []
        assert real("2024-10-29", "2406.10615").paper.title

    def test_an_empty_array_is_an_empty_day(self) -> None:
        page = page_of()
        assert (page.day, page.entries, page.problems, page.whole) == (DAY, (), (), True)

    @pytest.mark.parametrize("raw", [None, 1, "[]", {"papers": []}, True])
    def test_what_is_no_array_is_no_page(self, raw: object) -> None:
        with pytest.raises(
            NotAPage, match=r"2025-11-07: .* stands where the day's array of papers should be"
        ):
            normalise_page(raw, DAY)

    def test_the_feeds_order_is_kept(self) -> None:
        page = page_of(full(3), full(1), full(2))
        assert [each.paper.id for each in page.entries] == ["2511.00003", "2511.00001", "2511.00002"]

    def test_the_same_id_twice_is_one_entry_in_the_first_place_with_what_either_knows(self) -> None:
        thin = entry("2511.00001v2", upvotes=9, top_numComments=1)
        page = page_of(thin, full(2), full(1))
        assert [each.paper.id for each in page.entries] == ["2511.00001", "2511.00002"]
        merged = page.entries[0]
        assert merged.paper.title == "On the Colour of Bicycles"
        assert merged.paper.abstract == only(full(1)).paper.abstract
        assert merged.paper.authors == ("Ida Rode", "Omar Quist")
        assert merged.figures == Figures(upvotes=12, comments=2, github_stars=34)
        assert [str(note) for note in page.notes] == [
            "2025-11-07, entry 3 (2511.00001): the same paper is entry 1; the two were made one"
        ]

    def test_unknown_fields_are_counted_and_known_ones_are_not(self) -> None:
        strange = entry("2511.00009", newThing=1, top_another="x")
        page = page_of(full(1), strange, entry("2511.00010", newThing=None))
        assert page.unknown_fields == {"paper.newThing": 2, "another": 1}

    def test_endlessly_many_unknown_fields_are_counted_together(self) -> None:
        page = page_of(entry(**{f"field{number:04d}": 1 for number in range(1_000)}))
        assert len(page.unknown_fields) == 101
        assert sum(page.unknown_fields.values()) == 1_000

    def test_a_problem_names_day_position_and_id(self) -> None:
        page = page_of(full(1), entry("2511.00002", title=None), entry("../x"), full(4))
        assert [str(problem) for problem in page.problems] == [
            "2025-11-07, entry 2 (2511.00002): it has no title",
            '2025-11-07, entry 3: its id "../x" cannot name a paper',
        ]
        assert [each.paper.id for each in page.entries] == ["2511.00001", "2511.00004"]


@real_data
class TestAllRealDays:
    def test_every_entry_is_accounted_for_and_none_refused(self) -> None:
        counts = {"entries": 0, "read": 0, "refused": 0, "notes": 0, "unknown": 0}
        ids = set()
        files = sorted(real_file("feed").glob("*.json"))
        for path in files:
            answer = parse_answer(path.read_bytes(), path.name)
            page = normalise_page(answer.entries, date.fromisoformat(path.stem))
            counts["entries"] += len(answer.entries)
            counts["read"] += len(page.entries)
            counts["refused"] += len(page.problems) + len(answer.problems)
            counts["notes"] += len(page.notes) + len(answer.notes)
            counts["unknown"] += len(page.unknown_fields)
            ids |= {each.paper.id for each in page.entries}
        assert (len(files), len(ids)) == (430, 7_467)
        assert counts == {"entries": 7_469, "read": 7_469, "refused": 0, "notes": 0, "unknown": 0}

    def test_recovered_days_and_other_versions_too(self) -> None:
        count = 0
        for folder, pattern in (("feed-recovered", "*.json"), ("feed-versions", "*.json")):
            for path in sorted(real_file(folder).glob(pattern)):
                answer = parse_answer(path.read_bytes(), path.name)
                page = normalise_page(answer.entries, date.fromisoformat(path.name[:10]))
                assert (len(page.entries), page.problems, page.notes) == (len(answer.entries), (), ())
                count += len(page.entries)
        assert count == 199 + 327

    def test_every_field_of_the_real_days_is_in_the_tables(self) -> None:
        seen: set[str] = set()
        seen_of_paper: set[str] = set()
        for path in real_file("feed").glob("*.json"):
            for raw in json.loads(path.read_bytes()):
                seen |= raw.keys()
                seen_of_paper |= raw["paper"].keys()
        assert (seen, seen_of_paper) == (set(KNOWN_FIELDS), set(KNOWN_PAPER_FIELDS))

    def test_no_word_of_an_abstract_is_lost(self) -> None:
        for path in sorted(real_file("feed").glob("*.json")):
            raw = json.loads(path.read_bytes())
            for each, read in zip(
                raw, normalise_page(raw, date.fromisoformat(path.stem)).entries, strict=True
            ):
                assert unescape(read.paper.abstract).split() == each["paper"]["summary"].split()

    @pytest.mark.parametrize(
        ("name", "part"),
        [
            ("error-object.json", 'it says "Sorry, we can\'t find the page you are looking for."'),
            ("python-repr-array.json", "an array of text, not of papers"),
            ("wrapped-object-with-repr.json", "an object, not an array of papers"),
            ("no-data-object.json", "an object, not an array of papers; it says "),
            ("scalar-one.json", "a number, not an array of papers"),
        ],
    )
    def test_what_is_no_page_is_named_and_refused(self, name: str, part: str) -> None:
        with pytest.raises(NotAPage) as refusal:
            parse_answer(real_file("feed-malformed", name).read_bytes(), name)
        assert str(refusal.value).startswith(f"{name}: ")
        assert part in str(refusal.value)

    def test_a_real_empty_answer_is_an_empty_day(self) -> None:
        assert parse_answer(real_file("feed-malformed", "empty-array.json").read_bytes(), "x").entries == ()


def test_an_ordinary_entry_takes_well_under_a_millisecond() -> None:
    raw = [full(number) for number in range(500)]
    normalise_page(raw, DAY)
    best = min(_seconds(raw) for _ in range(3))
    # About 80 microseconds on the machine it was written on; a slow one has room.
    assert best / len(raw) < 500e-6


def _seconds(raw: list[dict[str, object]]) -> float:
    started = time.process_time()
    normalise_page(raw, DAY)
    return time.process_time() - started

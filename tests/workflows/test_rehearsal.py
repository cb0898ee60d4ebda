"""A dress rehearsal: somebody forks the archive, and publish.yml runs day after day, command by command."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.invented import archive_of, entry, write_content
from tests.support.replay import Replay, replay
from tests.workflows.steps import BASE_URL, ROOT, Machine, StepFailed, missing_programs

pytestmark = pytest.mark.skipif(
    bool(missing_programs()), reason=f"these programs are not installed: {', '.join(missing_programs())}"
)


@pytest.fixture
def feed() -> Iterator[Replay]:
    with replay({"2025-01-29": [entry(900), entry(901)]}) as running:
        yield running


@pytest.fixture
def machine(tmp_path: Path, feed: Replay) -> Machine:
    """A fork on its first day: cloned, its address and its feed set, pushed to its own remote."""
    fork, remote = tmp_path / "fork", tmp_path / "remote.git"
    write_content(
        fork / "content",
        archive_of(days=2, per_day=2),
        settings=[f"base_url: {BASE_URL}/", "exports: false", f"feed:\n  url: {feed.url}\n  days: 2"],
    )
    for name in ("Makefile", "pyproject.toml", "constraints.txt", ".gitignore"):
        shutil.copy(ROOT / name, fork / name)
    machine = Machine(tmp_path, fork)
    machine.now = "2025-01-29T21:23:00Z"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", remote], check=True)
    machine.git("init", "--quiet", "--initial-branch=main")
    machine.git("config", "user.name", "Somebody")
    machine.git("config", "user.email", "somebody@example.org")
    machine.git("add", ".")
    machine.git("commit", "--quiet", "--message", "Use this template")
    machine.git("remote", "add", "origin", str(remote))
    machine.git("push", "--quiet", "--set-upstream", "origin", "main")
    return machine


def publish(machine: Machine, days: str = "") -> dict[str, str]:
    """One run of the first job. Returns its outputs."""
    told = machine.run("Snapshot the feed", DAYS=days)
    machine.run("Keep what is new", GH_TOKEN="none")
    machine.run("Remember the feeds")
    machine.run("Build", BASE_URL=BASE_URL)
    machine.run("Check", BASE_URL=BASE_URL)
    return {**told, **machine.run("See which feeds changed", BASE_URL=BASE_URL)}


def pushed(machine: Machine) -> list[str]:
    """What the remote has, newest first."""
    return machine.git("log", "--format=%s", "origin/main").splitlines()


def log(told: dict[str, str]) -> str:
    return base64.b64decode(told["log"]).decode()


def test_one_day_after_the_other(machine: Machine, feed: Replay) -> None:
    first = publish(machine)
    assert first["code"] == "0"
    assert pushed(machine) == ["Snapshot the feed: 2 new papers", "Use this template"]
    assert machine.git("status", "--porcelain") == ""
    page = (machine.checkout / "site/papers/date/2025-01-29/index.html").read_text(encoding="utf-8")
    assert 'href="/my-archive/papers/2501.00900/"' in page
    assert f"{BASE_URL}/feeds/papers/atom.xml" in first["feeds"].split()

    again = publish(machine)
    assert (again["code"], again["feeds"]) == ("0", "")
    assert pushed(machine) == ["Snapshot the feed: 2 new papers", "Use this template"], "no news, no commit"

    feed.days["2025-01-30"] = [entry(902)]
    machine.now = "2025-01-30T09:23:00Z"
    second = publish(machine)
    assert pushed(machine)[0] == "Snapshot the feed: 1 new papers"
    assert f"{BASE_URL}/feeds/papers/rss.xml" in second["feeds"].split()
    machine.git("fetch", "--quiet")
    assert machine.git("diff", "--name-only", "origin/main") == ""


def test_a_day_on_which_the_feed_is_down_is_published_all_the_same(machine: Machine, feed: Replay) -> None:
    publish(machine)
    feed.shutdown()
    feed.server_close()
    machine.now = "2025-01-30T09:23:00Z"
    told = publish(machine)
    assert told["code"] == "1"
    assert "the feed could not be reached" in log(told)
    assert len(pushed(machine)) == 2
    assert (machine.checkout / "site/index.html").is_file()


def test_a_refused_entry_is_no_failure_and_is_told(machine: Machine, feed: Replay) -> None:
    feed.days["2025-01-29"].append({"paper": {"id": 7}})
    told = publish(machine)
    assert told["code"] == "3"
    assert pushed(machine)[0] == "Snapshot the feed: 2 new papers"


def test_days_that_were_missed_are_asked_for(machine: Machine, feed: Replay) -> None:
    publish(machine)
    machine.calls()
    feed.days["2025-02-02"] = [entry(903)]
    machine.now = "2025-02-07T09:23:00Z"
    told = machine.run("Snapshot the feed", DAYS="")
    asked = machine.calls("papers")
    assert asked == ["papers snapshot", "papers snapshot --since 2025-01-29 --until 2025-02-06"]
    assert (told["code"], (machine.checkout / "content/papers/2025/02/02/2501.00903.md").is_file()) == (
        "0",
        True,
    )


def test_a_person_may_ask_for_more_days(machine: Machine) -> None:
    machine.run("Snapshot the feed", DAYS="90")
    assert machine.calls("papers") == ["papers snapshot", "papers snapshot --since 2024-10-31"]


@pytest.mark.parametrize("days", ["x", "-1", "1; touch owned", "$(touch owned)", "99999"])
def test_what_is_no_number_of_days_is_no_command(machine: Machine, days: str) -> None:
    machine.run("Snapshot the feed", DAYS=days)
    assert machine.calls("papers") == ["papers snapshot"]
    assert not (machine.checkout / "owned").exists()


def test_somebody_else_may_push_meanwhile(machine: Machine, tmp_path: Path) -> None:
    other = tmp_path / "other"
    machine.git("clone", "--quiet", str(tmp_path / "remote.git"), str(other))
    (other / "note").write_text("A note.\n", encoding="utf-8")
    for words in (
        ("config", "user.name", "Other"),
        ("config", "user.email", "other@example.org"),
        ("add", "note"),
        ("commit", "--quiet", "--message", "Add a note"),
        ("push", "--quiet"),
    ):
        machine.git("-C", str(other), *words)
    machine.run("Snapshot the feed", DAYS="")
    machine.run("Keep what is new", GH_TOKEN="none")
    assert pushed(machine)[:2] == ["Snapshot the feed: 2 new papers", "Add a note"]


def test_an_idle_archive_keeps_its_schedule_alive(machine: Machine) -> None:
    machine.now = "2025-03-15T09:23:00Z"
    machine.run("Keep what is new", GH_TOKEN="none")
    assert pushed(machine) == ["Use this template"], "45 days are not over"
    machine.now = "2025-03-17T09:23:00Z"
    machine.run("Keep what is new", GH_TOKEN="none")
    assert pushed(machine) == ["Keep the schedule alive: no news for 45 days", "Use this template"]


def test_a_site_that_does_not_hold_together_is_not_published(machine: Machine) -> None:
    machine.run("Build", BASE_URL=BASE_URL)
    (machine.checkout / "site/papers/2501.00001/index.html").unlink()
    with pytest.raises(StepFailed):
        machine.run("Check", BASE_URL=BASE_URL)


def tell(
    machine: Machine, code: str, *, open_issue: str = "", build: str = "success", log: str = ""
) -> list[str]:
    (machine.stubs / "issues").write_text(open_issue, encoding="utf-8")
    machine.calls()
    encoded = base64.b64encode(log.encode()).decode()
    machine.run(
        "Open or close the issue",
        CODE=code, LOG=encoded, BUILD=build, DEPLOY=build, RUN="https://example.org/run/1", GH_TOKEN="none",
    )  # fmt: skip
    return [call.partition(" --")[0] for call in machine.calls("gh")]


def test_one_issue_is_opened_kept_up_to_date_and_closed(machine: Machine) -> None:
    assert tell(machine, "0") == ["gh issue list"]
    assert tell(machine, "1", log="2025-01-30: failed") == [
        "gh issue list",
        "gh label create archive",
        "gh issue create",
    ]
    body = (machine.stubs / "body").read_text(encoding="utf-8")
    assert "What is stored was published all the same." in body
    assert "    2025-01-30: failed" in body.splitlines()
    assert tell(machine, "1", open_issue="7") == ["gh issue list", "gh issue edit 7"]
    assert tell(machine, "3", open_issue="7") == ["gh issue list", "gh issue close 7"]


def test_a_site_that_could_not_be_published_opens_the_issue_too(machine: Machine) -> None:
    assert tell(machine, "0", build="failure")[-1] == "gh issue create"
    assert "it stands as it was" in (machine.stubs / "body").read_text(encoding="utf-8")


def test_what_the_feed_says_is_quoted_in_the_issue_and_never_run(machine: Machine) -> None:
    tell(machine, "1", log="@everybody $(touch owned)\nfixes #1 `touch owned`")
    quoted = (machine.stubs / "body").read_text(encoding="utf-8").splitlines()[-2:]
    assert quoted == ["    @everybody $(touch owned)", "    fixes #1 `touch owned`"]
    assert not (machine.checkout / "owned").exists()


def test_without_issues_the_run_is_no_failure(machine: Machine) -> None:
    machine.stub("gh", "exit 1")
    assert tell(machine, "1") == ["gh issue list"]


def test_the_hub_hears_of_every_changed_feed(machine: Machine) -> None:
    machine.run(
        "Tell the hub", HUB="https://hub.example.org/", FEEDS="https://a.example/x https://a.example/y "
    )
    (call,) = machine.calls("curl")
    assert (
        "hub.mode=publish --data-urlencode hub.url=https://a.example/x --data-urlencode hub.url=https://a.example/y"
        in call
    )
    assert call.endswith("-- https://hub.example.org/")


def test_the_hub_is_the_setting(machine: Machine) -> None:
    settings = machine.checkout / "content/archive.yml"
    settings.write_text(
        f"{settings.read_text(encoding='utf-8')}websub_hub: https://hub.example.org/\n", encoding="utf-8"
    )
    machine.run("Remember the feeds")
    assert machine.run("See which feeds changed", BASE_URL=BASE_URL)["hub"] == "https://hub.example.org/"

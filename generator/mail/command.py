"""What `papers digest` does: make a digest, and write it, say who would get it, or send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.config import Config
from generator.errors import SettingsError
from generator.files import write_atomically
from generator.mail import digest, recipients, sending
from generator.mail.digest import Digest
from generator.mail.letter import Letter
from generator.mail.sender import Sender, server_of
from generator.model.archive import Archive
from generator.model.periods import Week
from generator.model.topics import TopicMatcher
from generator.pages.cards import count
from generator.store.content import ContentStore
from generator.theme.theme import load_theme


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for. Of `day`, `week` and `trending` at most one; none is the latest day."""

    day: date | None = None
    week: Week | None = None
    trending: bool = False
    output: Path | None = None
    """A file, or a folder that is there; None for a file of the digest's name here."""
    send: bool = False
    dry_run: bool = False
    recipients: Path | None = None


def run(
    config: Config,
    wanted: Wanted,
    environment: Mapping[str, str],
    *,
    say: Callable[[str], None],
    sleep: Callable[[float], None],
) -> int:
    """Do what is `wanted`, and return the exit code: 1 where somebody has yet to get the digest, or where
    the feed could not be read for it; else 0. Raises PapersError.

    `environment` holds the settings of the mail server; it is looked at only to send.
    """
    if not config.content.is_dir():
        raise SettingsError(f"{config.content}: there is no such folder. Name the one with --content.")
    made = _digest(_archive(config), wanted)
    if made is None or not made.items:
        say(f"{made.heading}: {made.state} Nothing is sent." if made else "There are no papers yet.")
        return 1 if made and made.failed else 0
    settings = config.settings
    theme = load_theme(
        settings.theme, config.themes, base_path=settings.base_path, origin=settings.origin
    )  # fmt: skip
    letter = Letter.of(made, settings, theme)
    if wanted.dry_run:
        return _rehearse(config, wanted, letter, say)
    if wanted.send:
        return _send(config, wanted, letter, environment, say, sleep)
    path = wanted.output or Path(made.file_name)
    path = path / made.file_name if path.is_dir() else path
    if path.exists() and not path.is_file():
        raise SettingsError(f"{path}: is no file that could be replaced; name another with --output.")
    write_atomically(path, letter.message())
    say(f"{path}: {made.heading}, {_papers(made)}. Nothing was sent.")
    return 0


def _archive(config: Config) -> Archive:
    """The archive without its topics, which no digest shows."""
    return Archive.of(ContentStore(config.content).read_all(), TopicMatcher.of(()))


def _digest(archive: Archive, wanted: Wanted) -> Digest | None:
    if wanted.trending:
        return digest.of_trending(archive)
    if wanted.week:
        return digest.of_week(archive, wanted.week)
    return digest.of_day(archive, wanted.day) if wanted.day else digest.of_latest_day(archive)


def _readers(config: Config, wanted: Wanted) -> tuple[Path, tuple[recipients.Recipient, ...]]:
    """The file of recipients, and who stands in it."""
    path = wanted.recipients
    if path is None:
        raise SettingsError("say who gets the digest: --recipients FILE, with one address a line.")
    repository = recipients.repository_of(config.content)
    published = [config.content, config.site, *([repository] if repository else [])]
    return path, recipients.read(path, published=published)


def _rehearse(config: Config, wanted: Wanted, letter: Letter, say: Callable[[str], None]) -> int:
    path, readers = _readers(config, wanted)
    due = sending.waiting(letter, readers, path)
    for each in due:
        say(f"{path}:{each.line}: {each.mailbox.address}")
    done = len(readers) - len(due)
    others = f" {done:,} of {len(readers):,} had it, or refuse it." if done else ""
    say(f"{letter.digest.heading}: {count(len(due), 'reader')} would get it.{others} Nothing was sent.")
    return 0


def _send(
    config: Config,
    wanted: Wanted,
    letter: Letter,
    environment: Mapping[str, str],
    say: Callable[[str], None],
    sleep: Callable[[float], None],
) -> int:
    if not config.settings.mail.from_:
        raise SettingsError("set mail.from in the settings: who the digest comes from.")
    path, readers = _readers(config, wanted)
    server = server_of(environment)
    greeting = letter.sender.address.rpartition("@")[2]
    sender = Sender(server, greeting=greeting, sleep=sleep)
    try:
        report = sending.send_all(letter, readers, path, sender, say)
    finally:
        sender.close()
    if report.stopped:
        say(report.stopped)
    told = [f"sent to {count(report.sent, 'reader')}"]
    told += [f"{report.had:,} had it already"] if report.had else []
    told += [f"{report.refused:,} refused for good"] if report.refused else []
    told += [f"{report.left:,} left; run the same again"] if report.left else []
    say(f"{letter.digest.heading}, {_papers(letter.digest)}: {', '.join(told)}.")
    return 1 if report.left else 0


def _papers(made: Digest) -> str:
    return count(len(made.items), "paper")

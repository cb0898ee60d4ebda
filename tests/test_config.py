"""The owner's settings: what may stand in archive.yml, and how it is said when it may not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import FeedSettings, Settings, load_config, override, read_settings
from generator.errors import SettingsError

KEYS = ", ".join(field.name for field in fields(Settings))
CONTROL = "holds a control character, which no page can show; remove it."


def read(tmp_path: Path, text: str | bytes) -> Settings:
    path = tmp_path / "archive.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path)


def refused(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    return str(caught.value).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n", "---\n", "\ufeff"])
def test_nothing_said_means_all_defaults(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == Settings()
    assert read_settings(tmp_path / "no such file") == Settings()


def test_every_setting_may_be_given(tmp_path: Path) -> None:
    text = (
        "\ufefftitle: Wheels\r\n"
        "description: |\r\n  All about\r\n  wheels.\r\n"
        "base_url: https://velo.example/wheels\r\n"
        'feed_id: "tag:velo.example,2026-01:wheels"\r\n'
        "language: pt-BR\r\ntheme: my_theme-2\r\nrepository: https://velo.example/code\r\n"
        "feed_entries: 20\r\nauthor_papers: 4\r\nkeyword_papers: 6\r\n"
        "feed:\r\n  url: http://127.0.0.1:8000/api\r\n  page: https://velo.example/p/\r\n"
        "  days: 3\r\n  pace: 100\r\n"
    )
    assert read(tmp_path, text) == Settings(
        title="Wheels",
        description="All about\nwheels.\n",
        base_url="https://velo.example/wheels/",
        feed_id="tag:velo.example,2026-01:wheels",
        language="pt-BR",
        theme="my_theme-2",
        repository="https://velo.example/code",
        feed_entries=20,
        author_papers=4,
        keyword_papers=6,
        feed=FeedSettings("http://127.0.0.1:8000/api", "https://velo.example/p/", 3, 100),
    )


def test_a_feed_of_arxiv_has_arxivs_address_and_no_page_of_its_own(tmp_path: Path) -> None:
    shipped = "  url: https://huggingface.co/api/daily_papers\n  page: https://huggingface.co/papers/\n"
    feed = read(tmp_path, f'feed:\n  kind: arxiv\n  category: "cs.CL, hep-th cs.CL"\n{shipped}').feed
    assert (feed.url, feed.page) == ("https://export.arxiv.org/api/query", "")
    assert feed.categories == ("cs.CL", "hep-th")
    assert (feed.discussion("2511.00001"), feed.has_votes) == ("", False)


def test_a_feed_of_arxiv_may_have_a_mirror_and_a_page_about_each_paper(tmp_path: Path) -> None:
    own = "  url: http://127.0.0.1:8000/q\n  page: https://velo.example/p/\n"
    feed = read(tmp_path, f"feed:\n  kind: arxiv\n  category: cs.CL\n{own}").feed
    assert feed.url == "http://127.0.0.1:8000/q"
    assert feed.discussion("2511.00001") == "https://velo.example/p/2511.00001"


def test_the_settings_file_that_is_shipped_says_the_defaults_and_names_every_setting() -> None:
    path = Path(__file__).parents[1] / "content" / "archive.yml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert read_settings(path) == Settings()
    assert set(said) == {field.name for field in fields(Settings)}
    assert set(said["feed"]) == {field.name for field in fields(FeedSettings)}


@pytest.mark.parametrize(
    ("url", "base_path", "origin"),
    [
        ("https://velo.example", "/", "https://velo.example"),
        ("https://velo.example/", "/", "https://velo.example"),
        ("https://velo.example/my-archive", "/my-archive/", "https://velo.example"),
        ("http://localhost:8000/a/b.c/", "/a/b.c/", "http://localhost:8000"),
        ("HTTPS://velo.example/A", "/A/", "https://velo.example"),
        ("https://bücher.example/x", "/x/", "https://bücher.example"),
        ("http://[::1]:8000/x", "/x/", "http://[::1]:8000"),
    ],
)
def test_the_base_path_is_the_path_of_the_address_between_slashes(
    tmp_path: Path, url: str, base_path: str, origin: str
) -> None:
    settings = read(tmp_path, f"base_url: '{url}'\n")
    assert (settings.base_path, settings.origin) == (base_path, origin)


NO_ADDRESS = "must be an address that begins with http:// or https://, not"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "archive.yml:1: must be a list of `key: value` lines."),
        ("just text\n", "archive.yml:1: must be a list of `key: value` lines."),
        ("title: a: b\n", "archive.yml:1: is not YAML: mapping values are not allowed in this context."),
        ('# x\ntitle: "a\n', "archive.yml:3: is not YAML: found unexpected end of stream."),
        ("title: a\n---\ntitle: b\n", "archive.yml:2: is not YAML: but found another document."),
        (
            "title: !made-up x\n",
            "archive.yml:1: is not YAML: could not determine a constructor for the tag '!made-up'.",
        ),
        (
            "<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> theirs\n",
            "archive.yml:1: has the marks of a merge that was never finished; choose a side.",
        ),
        (b"# x\ntitle: caf\xe9\n", "archive.yml:2: is not UTF-8 text; save it as UTF-8."),
        ("# x\ntitle: a\x01\n", f"archive.yml:2: {CONTROL}"),
        ('title: "a\\0b"\n', f"archive.yml:1: title {CONTROL}"),
        ("title: a\nlanguage: en\ntitle: b\n", "archive.yml:3: title stands here a second time; keep one."),
        ("# x\ntitel: a\n", "archive.yml:2: titel is no setting; did you mean title?"),
        ("feed:\n  days: 3\n  dayz: 3\n", "archive.yml:3: feed.dayz is no setting; did you mean feed.days?"),
        (
            "feed:\n  colour: red\n",
            "archive.yml:2: feed.colour is no setting; the keys are: url, page, days, pace, kind, category.",
        ),
        (
            "1984: x\n",
            f"archive.yml:1: 1984 is no setting; the keys are: {KEYS}.",
        ),
        (
            "feed:\n  kind: rss\n",
            "archive.yml:2: feed.kind must be huggingface or arxiv, not 'rss'.",
        ),
        (
            "feed:\n  kind: arxiv\n",
            "archive.yml:1: feed.category must name a category of arXiv, such as cs.CL, or several with "
            "commas between.",
        ),
        (
            "feed:\n  kind: arxiv\n  category: cs.CL OR all\n",
            "archive.yml:3: feed.category must be such as cs.CL or hep-th, not 'OR'.",
        ),
        (
            "feed:\n  category: cs.CL\n",
            "archive.yml:2: feed.category means something with `kind: arxiv` only; leave it empty.",
        ),
        ("title: 1984\n", "archive.yml:1: title must be text, not '1984'; put it in quotes."),
        ("title: 2025-13-45\n", "archive.yml:1: title must be text, not '2025-13-45'; put it in quotes."),
        ("title: 0x_\n", "archive.yml:1: title must be text, not '0x_'; put it in quotes."),
        ("title: no\n", "archive.yml:1: title must be text, not 'no'; put it in quotes."),
        ("title: [a]\n", "archive.yml:1: title must be text, not a list or keys of its own."),
        ("title:\n", "archive.yml:1: title must be text, not ''; put it in quotes."),
        ("title: ' '\n", "archive.yml:1: title must not be empty; leave the line out for the default."),
        ("title: |\n  a\n  b\n", "archive.yml:1: title must be one line."),
        (
            "description: ''\n",
            "archive.yml:1: description must not be empty; leave the line out for the default.",
        ),
        ("feed: https://velo.example\n", "archive.yml:1: feed must hold keys of its own, such as `url:`."),
        ("feed:\n", "archive.yml:1: feed must hold keys of its own, such as `url:`."),
        ("feed_entries: many\n", "archive.yml:1: feed_entries must be a whole number, not 'many'."),
        ("feed_entries: yes\n", "archive.yml:1: feed_entries must be a whole number, not 'yes'."),
        ("feed_entries: 7.5\n", "archive.yml:1: feed_entries must be a whole number, not '7.5'."),
        ("feed_entries: 0\n", "archive.yml:1: feed_entries must be a number from 1 to 1000, not 0."),
        ("feed:\n\n  days: -1\n", "archive.yml:3: feed.days must be a number from 1 to 3650, not -1."),
        ("feed:\n  pace: 0\n", "archive.yml:2: feed.pace must be a number from 1 to 1000000, not 0."),
        ("feed:\n  url: ftp://velo.example\n", f"archive.yml:2: feed.url {NO_ADDRESS} 'ftp://velo.example'."),
        ("feed:\n  page: velo.example\n", f"archive.yml:2: feed.page {NO_ADDRESS} 'velo.example'."),
        ("repository: javascript:x\n", f"archive.yml:1: repository {NO_ADDRESS} 'javascript:x'."),
        ("base_url: ''\n", f"archive.yml:1: base_url {NO_ADDRESS} ''."),
        ("base_url: https://\n", f"archive.yml:1: base_url {NO_ADDRESS} 'https://'."),
        *(
            (f"base_url: '{url}'\n", f"archive.yml:1: base_url {NO_ADDRESS} {url!r}.")
            for url in ("https://a.example/b c", "http://a.example:port/", "http://[::1/", 'https://a"b.example')
        ),
        *(
            (
                f"base_url: '{url}'\n",
                f"archive.yml:1: base_url must have no ? and no #, since addresses are added to it: '{url}'.",
            )
            for url in ("https://velo.example/?", "https://velo.example/?a=b", "https://velo.example/a#b")
        ),
        *(
            (
                f"base_url: '{url}'\n",
                f"archive.yml:1: base_url must have a path of letters, digits and - . _ ~ only: '{url}'.",
            )
            for url in ("https://velo.example/a%20b", "https://velo.example//a", "https://velo.example/../a/")
        ),
        (
            "feed_id: velo.example\n",
            "archive.yml:1: feed_id must look like tag:HOST,YEAR: (RFC 4151), not 'velo.example'.",
        ),
        ("theme: ../mine\n", "archive.yml:1: theme must be the name of a folder in themes/, not '../mine'."),
        (
            "language: Dutch!\n",
            "archive.yml:1: language must be a tag such as en or pt-BR (BCP 47), not 'Dutch!'.",
        ),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_file_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    assert refused(tmp_path, text) == said


def test_a_folder_for_the_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be read: Is a directory\."):
        read_settings(tmp_path)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["title", "base_url", "feed", "feed_entries", "feed_id", "theme", "titel", "  days"]
            ),
            st.text(alphabet="-:[]{}!&*#?|>'\"%@`,\\ abhtps/.0129~", max_size=20),
        ),
        max_size=3,
    )
)
def test_no_settings_file_at_all_gives_anything_but_settings_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "generated.yml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in lines), encoding="utf-8")
    try:
        settings = read_settings(path)
    except SettingsError as error:
        assert str(error).startswith(f"{path}:")
    else:
        assert settings.base_path.startswith("/") and settings.base_path.endswith("/")


def test_the_command_line_overrides_and_is_named_where_it_is_wrong(tmp_path: Path) -> None:
    config = load_config(tmp_path / "content", tmp_path / "site")
    assert override(config) == config
    changed = override(config, base_url="http://localhost:8000/x", feed_url="http://127.0.0.1:1/api").settings
    assert (changed.base_url, changed.feed.url) == ("http://localhost:8000/x/", "http://127.0.0.1:1/api")
    assert changed.feed.page == FeedSettings().page
    with pytest.raises(SettingsError, match=r"^--base-url must be an address"):
        override(config, base_url="localhost:8000")
    with pytest.raises(SettingsError, match=r"^--base-url must have no \?"):
        override(config, base_url="http://localhost/?x")
    with pytest.raises(SettingsError, match=r"^--feed-url must be an address"):
        override(config, feed_url="file:///etc/passwd")


def test_the_folders_of_a_run_stand_beside_the_content(tmp_path: Path) -> None:
    config = load_config(tmp_path / "mine" / "content", tmp_path / "site")
    assert config.cache == tmp_path / "mine" / ".cache"
    assert config.themes[0] == tmp_path / "mine" / "themes"
    assert (config.content, config.site) == (tmp_path / "mine" / "content", tmp_path / "site")

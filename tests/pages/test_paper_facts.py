"""What a paper's page says of where the paper appeared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.model.contents import Changes
from tests.support.built import Built
from tests.support.invented import paper


def test_where_a_paper_appeared_is_told_and_linked_and_cannot_break_the_page(tmp_path: Path) -> None:
    known = paper(1, date(2025, 2, 3), doi='10.1/a"<b>', journal_ref="Annals of <Gardens> 7 (2025)")
    site = Built(tmp_path, Changes((known, paper(2, date(2025, 2, 3)))))
    page = site.read("papers/2501.00001")
    assert "Annals of &lt;Gardens&gt; 7 (2025)" in page
    assert 'href="https://doi.org/10.1/a%22%3Cb%3E"' in page
    assert "Appeared in" not in site.main("papers/2501.00002")

"""Reports as text and as Markdown."""

from __future__ import annotations

from rsp_policy.engine.report.blocks import Heading, Items, Table, Text, render


def test_the_widest_column_wraps_first() -> None:
    page = render([Table(("id", "text"), (("a/b", "word " * 30),))], "table")
    lines = page.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[2].startswith("a/b  word")
    assert lines[3].startswith("     word")


def test_a_word_longer_than_the_page_is_broken() -> None:
    page = render([Table(("id", "text"), (("x" * 100, "y" * 30),))], "table")
    assert max(map(len, page.splitlines())) <= 80


def test_numbers_stay_as_they_are_written() -> None:
    assert "v1.0" in render([Table(("a",), (("v1.0",), ("010",)))], "table")
    assert "010" in render([Table(("a",), (("010",),))], "table")


def test_markdown_keeps_bars_inside_cells() -> None:
    page = render(
        [Heading("H", 1), Table(("a",), (("x|y",),)), Items(("one",)), Text("t")], "markdown"
    )
    assert page == "# H\n\n| a    |\n|------|\n| x\\|y |\n\n- one\n\nt"

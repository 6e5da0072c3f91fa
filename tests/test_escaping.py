"""Text from data does nothing where it is shown."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rsp_policy.engine.report.blocks import Code, Heading, Items, Strong, Table, Text, render
from rsp_policy.engine.report.escaping import json_text, markdown_start, visible

EVIL = "\x1b[31mred\x1b[0m \u202egnp.exe\u2066 \x9b2J a\rb\x00\x7f\u200b\ufeff\ud800"
MARKUP = "<img src=x onerror=alert(1)> [a](http://b) ![i](u) `c` *d* _e_ ~~f~~ a|b &lt; \\* [x]: y"
QUICK = settings(max_examples=200, deadline=None, derandomize=True)
BLOCKS = [Heading(EVIL, 1), Text(EVIL), Items((EVIL,)), Table((EVIL, "b"), ((EVIL, MARKUP),))]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_nothing_that_a_terminal_obeys_is_printed(form: str) -> None:
    page = render(BLOCKS, form)
    assert not [c for c in page if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]
    assert "\\x1b[31mred" in page.replace("\\\\", "\\")
    page.encode()


@given(st.text())
@QUICK
def test_what_is_visible_stands_on_one_line_and_keeps_what_is_printable(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs")]
    if text.isprintable():
        assert shown == text


@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
@QUICK
def test_json_hides_nothing_and_says_the_same(value: object) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert json_text(value, ascii=True).isascii()


def test_words_that_need_joiners_keep_them() -> None:
    word = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"  # a Persian word
    assert visible(word) == word


def test_markdown_shows_markup_in_place_of_obeying_it() -> None:
    page = render([Text(MARKUP)], "markdown")
    assert page == (
        "&lt;img src=x onerror=alert(1)> [a\\](http://b) ![i\\](u) \\`c\\` \\*d\\* \\_e\\_ "
        "\\~\\~f\\~\\~ a|b &amp;lt; \\\\\\* [x\\]: y"
    )


def test_a_cell_stays_one_cell_on_one_line() -> None:
    page = render([Table(("a", "b"), (("x|y\nz\\|", "`|`"),))], "markdown")
    (row,) = page.splitlines()[2:]
    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 3
    assert "x\\|y z" in row


@pytest.mark.parametrize(
    "text",
    ["# a", "- a", "+ a", "* a", "> a", "1. a", "2) a", "---", "===", "[ ] a", "~~~", "\n- a"],
)
def test_a_line_is_no_other_block_for_the_way_it_begins(text: str) -> None:
    for block in (Text(text), Items((text,))):
        line = render([block], "markdown").removeprefix("- ")
        assert re.match(r"\\|\d\\", line), line


@pytest.mark.parametrize("text", ["a-b", "-3 degrees", "2.5", "10 of 20", "a_b_c", "#1", "x > y"])
def test_plain_words_are_left_alone(text: str) -> None:
    assert render([Text(text)], "markdown") == text == markdown_start(text)


def test_spans_are_marked_in_markdown_and_code_in_both() -> None:
    line = (Strong("bold *x*"), " and ", Code("a`b | c"))
    assert render([Text(line)], "markdown") == "**bold \\*x\\*** and ``a`b | c``"
    assert render([Text(line)], "table") == "bold *x* and `a`b | c`"


def test_marks_are_not_made_of_neighbours() -> None:
    assert render([Text(("[a]", "(b)"))], "markdown") == "\\[a\\](b)"


def test_a_long_heading_fits_the_page() -> None:
    page = render([Heading("word " * 40, 1)], "table")
    assert max(map(len, page.splitlines())) <= 80

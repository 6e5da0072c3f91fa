"""Text from data, made safe for where it goes: a terminal, a page of Markdown, or JSON.

A fact sheet, a record or the name of a file may hold anything. What a terminal would obey is made
visible, what Markdown would read as markup is escaped, and the words stay as they are.
"""

from __future__ import annotations

import re

_BREAK = re.compile(r" *[\t\n\v\f\r][ \t\n\v\f\r]*")
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters, with which every escape sequence begins
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way text runs
    "\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # nothing to see
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_MARKUP = re.compile(
    rf"\\(?={_PUNCTUATION}|$)"  # an escape
    r"|[`*~]"  # code, emphasis, what is struck out
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but inside a word
    r"|\](?=[(\[:])"  # a link, or where one leads to
)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NUMBERED = re.compile(r"\d{1,9}[.)](?=\s|$)")
_BULLET = re.compile(r"(?:[-+](?=\s|$)|[>\[]|#{1,6}(?=\s|$)|[-=](?=[-=\s]*$))")


def visible(text: str) -> str:
    r"""Text on one line in which nothing is hidden, and that a terminal only shows.

    >>> visible("\x1b[31mred\u202e"), visible("one\n two")
    ('\\x1b[31mred\\u202e', 'one two')
    """
    if text.isprintable():
        return text
    return _OBEYED.sub(lambda found: _code(found.group()), _BREAK.sub(" ", text))


def markdown(text: str) -> str:
    r"""Text as Markdown that shows the same text.

    >>> markdown("<b> [here](http://a) *now* a_b"), markdown("&lt; `x`")
    ('&lt;b> [here\\](http://a) \\*now\\* a_b', '&amp;lt; \\`x\\`')
    """
    shown = _MARKUP.sub(r"\\\g<0>", visible(text))
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", shown))


def markdown_start(text: str) -> str:
    r"""Markdown that is no list, heading, quotation or definition for the way it begins.

    >>> markdown_start("1. one"), markdown_start("# two"), markdown_start("-3")
    ('1\\. one', '\\# two', '-3')
    """
    if number := _NUMBERED.match(text):
        end = number.end() - 1
        return f"{text[:end]}\\{text[end:]}"
    return f"\\{text}" if _BULLET.match(text) else text


def markdown_code(text: str) -> str:
    r"""Text as code in Markdown.

    >>> markdown_code("a: b"), markdown_code("a`b")
    ('`a: b`', '``a`b``')
    """
    shown = visible(text)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    room = " " * (shown[:1] == "`" or shown[-1:] == "`")
    return f"{fence}{room}{shown}{room}{fence}"


def json_text(value: object, *, ascii: bool = False) -> str:
    r"""A value as JSON that hides nothing on a terminal, with sorted keys.

    Args:
        ascii: Whether all but ASCII is escaped, for where nothing else can be written.

    >>> json_text("\x9b\u202e")
    '"\\u009b\\u202e"'
    """
    import json

    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=ascii)
    # what is left of these stands inside texts, but for the ends of lines
    return _OBEYED.sub(lambda found: _json_code(found.group()), text)


def _json_code(character: str) -> str:
    if character in "\n\x7f":
        return character if character == "\n" else "\\u007f"
    import json

    return json.dumps(character)[1:-1]


def _code(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"

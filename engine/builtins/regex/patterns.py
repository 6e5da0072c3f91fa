"""Regular expressions by RE2, of whose syntax Go's, and so OPA's, is a part.

RE2 finds matches in UTF-8, so texts are searched as bytes, and `\\B` may hold within a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rsp_policy.engine.builtins.registry import BuiltinError
from rsp_policy.engine.builtins.strings.notation import quoted

_TOKEN = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.", re.S)
_MEMORY = 16 << 20
"""Bytes for a pattern, whose default of 8 MiB does not hold `\\pL{1,255}@\\pL{1,255}`."""

_LONGEST = 20_000
"""Characters of a pattern: RE2 logs of a million nested groups, even where told not to log."""


@lru_cache(maxsize=512)
def compiled(text: str) -> re.Pattern[bytes]:
    """A pattern for UTF-8; the type is the standard library's, whose interface it has.

    Raises:
        BuiltinError: If Go refuses it, or it is too long.
    """
    import re2  # by the first call only, since most policies have no pattern

    if len(text) > _LONGEST:
        raise BuiltinError(f"a regular expression has over {_LONGEST} characters")
    options = re2.Options()
    options.log_errors, options.max_mem = False, _MEMORY
    try:
        found: re.Pattern[bytes] = re2.compile(text, options)
    except UnicodeEncodeError:
        raise _error("invalid UTF-8", text) from None
    except re2.error as error:
        raise _error(error.args[0].decode(errors="replace"), text) from None
    if any(token[0] == r"\C" for token in _TOKEN.finditer(text)):
        raise _error("invalid escape sequence", text)
    if not all(map(str.isascii, found.groupindex)):
        raise _error("invalid named capture", text)
    return found


def _error(message: str, text: str) -> BuiltinError:
    return BuiltinError(f"error parsing regexp: {message}: {quoted(text[:200])}")


def matches(expression: re.Pattern[bytes], text: bytes) -> Iterator[re.Match[bytes]]:
    """The matches that Go finds: none within a character, nor empty right after another."""
    end = -1
    for found in expression.finditer(text):
        start = found.start()
        if start < len(text) and text[start] >> 6 == 0b10:
            continue
        if found.end() > start or start != end:
            yield found
        end = found.end()

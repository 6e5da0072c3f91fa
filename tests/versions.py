"""Which versions the costly tests take by default, so that each shape of the rules occurs once.

`pytest -m long` takes the others as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import pytest

VERSIONS = frozenset({"v1.0", "v2.0", "v2.2", "v3.0", "v3.4"})
PAIRS = frozenset({("v1.0", "v2.0"), ("v2.0", "v2.1"), ("v2.2", "v3.0"), ("v3.3", "v3.4")})


def versions(encoded: Sequence[str], *more: Sequence[object]) -> list[object]:
    """Each version, with each of some further arguments; those left out by default are long.

    Args:
        more: The values of every further argument.
    """
    return [
        pytest.param(*values, marks=() if values[0] in VERSIONS else pytest.mark.long)
        for values in product(encoded, *more)
    ]


def pairs(encoded: Sequence[str]) -> list[object]:
    """Each two versions that follow one another, those left out by default marked as long."""
    return [
        pytest.param(*pair, marks=() if pair in PAIRS else pytest.mark.long)
        for pair in pairwise(encoded)
    ]

"""Path conditions and values in words, for somebody who follows an execution."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Both, PathCondition, PathConditions
from rsp_policy.engine.bdd.variables import Below, Choice, OneOf
from rsp_policy.engine.ir.constants import TRUE, Truth, dump, plain

from .guarded_unions import (
    AffineTerm,
    Alternative,
    Count,
    Deferred,
    FactArray,
    GuardedUnion,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    elements_of,
    members_of,
    pairs_of,
)


class Wording:
    """Words for path conditions and values.

    A literal is written out; a conjunction is named by its number in the store, as in generated
    code.

    Args:
        kinds: The kinds of facts by their path, by which days are told from numbers.
    """

    def __init__(self, pcs: PathConditions, kinds: Mapping[str, str]) -> None:
        self._pcs = pcs
        self._kinds = kinds

    def pc(self, pc: PathCondition) -> str:
        """A path condition, such as `tested`, `protection < 3` or `not g7`."""
        if pc in (ALWAYS, NEVER):
            return "always" if pc == ALWAYS else "never"
        node, negated = self._pcs.nodes[pc >> 1], bool(pc & 1)
        match node:
            case OneOf():
                return self._choice(node, negated=negated)
            case Below():
                return self._cut(node, negated=negated)
        return f"not g{pc >> 1}" if negated else f"g{pc >> 1}"

    def conjunction(self, number: int) -> str:
        """The two parts of a node that is a conjunction."""
        node = self._pcs.nodes[number]
        assert isinstance(node, Both)
        return f"{self.pc(node.left)} and {self.pc(node.right)}"

    def value(self, value: GuardedUnion) -> list[str]:
        """The alternatives of a value, each with the path condition under which it is one."""
        return [
            self.alternative(item) + ("" if pc == ALWAYS else f" if {self.pc(pc)}")
            for pc, item in value
        ] or ["undefined"]

    def alternative(self, item: Alternative) -> str:
        """One alternative of a value."""
        match item:
            case SymbolicSet():
                members = tuple((pc, member) for member, pc in members_of(item))
                return f"{{{self._inner(members)}}}" if members else "set()"
            case SymbolicObject():
                pairs = (f"{dump(key)}: {self._inner(inner)}" for key, inner in pairs_of(item))
                return f"{{{', '.join(pairs)}}}"
            case SymbolicArray():
                return f"[{', '.join(map(self._inner, elements_of(item)))}]"
            case AffineTerm():
                fact = self._pcs.variables[item.variable].fact
                scaled = fact if item.factor == 1 else f"{item.factor:g} * {fact}"
                return scaled if item.offset == 0 else f"{scaled} + {item.offset:g}"
            case FactArray() | Unordered():
                return item.fact
            case Count():
                return f"how many of {', '.join(map(self.pc, item.pcs))}"
            case Deferred():
                return f"{item.builtin}({', '.join(map(self.alternative, item.arguments))})"
            case _:
                return dump(item)

    def _inner(self, value: GuardedUnion) -> str:
        return "; ".join(self.value(value))

    def _choice(self, node: OneOf, *, negated: bool) -> str:
        item = self._pcs.variables[node.variable]
        assert isinstance(item, Choice)
        held = [value for index, value in enumerate(item.values) if node.mask >> index & 1]
        if isinstance(item.values[0], Truth):
            wanted = (held[0] is TRUE) != negated
            return str(item) if wanted else f"not {item}"
        words = " or ".join(str(plain(value)) for value in held)
        return f"{item} is {'not ' if negated else ''}{words}"

    def _cut(self, node: Below, *, negated: bool) -> str:
        item = self._pcs.variables[node.variable]
        signs = (">=", ">") if negated else ("<", "<=")
        sign = signs[node.included]
        number = f"{node.cut:g}"
        if self._kinds[item.fact] == "date":
            number = datetime.date.fromordinal(int(node.cut)).isoformat()
        return f"{item} {sign} {number}"

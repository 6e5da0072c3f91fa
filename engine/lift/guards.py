"""Guards: hash-consed boolean formulas over what facts can be.

A guard is an integer edge: twice the number of a node, plus one where it is negated. Nodes are
conjunctions and literals. A literal says that a variable takes one of some values, or that it lies
below a cut. A conjunction holds at most one literal of a choice and at most two of a number, so that
what the theory of one fact decides (choices exclude one another, cuts are ordered) is decided here;
what needs several facts is left to decision diagrams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..errors import BudgetError
from .values import Constant

Guard: TypeAlias = int

ALWAYS: Guard = 0
NEVER: Guard = 1

_MAX_NODES = 2_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A variable with few values: a boolean, an enumeration, or membership in a set fact.

    Attributes:
        fact: The path of the fact.
        member: The member whose presence is asked for, where the fact is a set.
        values: What it can be; booleans for a member.
    """

    fact: str
    member: str | None
    values: tuple[Constant, ...]

    def __str__(self) -> str:
        return self.fact if self.member is None else f"{self.fact} has {self.member}"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A variable on a line: a number, an integer or a date; dates are compared as days."""

    fact: str
    minimum: float
    maximum: float
    whole: bool

    def __str__(self) -> str:
        return self.fact


Variable: TypeAlias = Choice | Ordered


@dataclass(frozen=True, slots=True)
class OneOf:
    """A literal: the variable takes one of the values whose bits are set."""

    variable: int
    mask: int


@dataclass(frozen=True, slots=True, order=True)
class Below:
    """A literal: the variable is less than `cut`, or, with `included`, at most `cut`."""

    variable: int
    cut: float
    included: bool


@dataclass(frozen=True, slots=True)
class All:
    """A conjunction of two or more guards."""

    parts: tuple[Guard, ...]


Node: TypeAlias = OneOf | Below | All | None


class Guards:
    """A store of guards over some variables.

    Attributes:
        variables: What guards are about.
        nodes: Every node by its number; the first stands for `ALWAYS`.
    """

    def __init__(self, variables: Sequence[Variable]) -> None:
        self.variables = tuple(variables)
        self.nodes: list[Node] = [None]
        self._numbers: dict[Node, int] = {}
        self._full = [
            (1 << len(item.values)) - 1 if isinstance(item, Choice) else 0 for item in variables
        ]
        self._pairs: dict[tuple[Guard, Guard], Guard] = {}

    def one_of(self, variable: int, mask: int) -> Guard:
        """The variable takes one of the values whose bits are set in `mask`."""
        full = self._full[variable]
        mask &= full
        if mask == 0:
            return NEVER
        if mask == full:
            return ALWAYS
        if mask & 1:
            return self._edge(OneOf(variable, full ^ mask)) ^ 1
        return self._edge(OneOf(variable, mask))

    def below(self, variable: int, cut: float, *, included: bool) -> Guard:
        """The variable is less than a cut, or at most the cut."""
        item = self.variables[variable]
        assert isinstance(item, Ordered)
        if item.whole:
            # for whole numbers `x < 2.5`, `x < 3` and `x <= 2` are one and the same
            floor = cut // 1
            cut = floor + 1 if included or floor != cut else cut
            included = False
        if cut > item.maximum or (included and cut == item.maximum):
            return ALWAYS
        if cut < item.minimum or (not included and cut == item.minimum):
            return NEVER
        return self._edge(Below(variable, cut, included))

    def both(self, left: Guard, right: Guard) -> Guard:
        """The conjunction of two guards."""
        if left == right or right == ALWAYS:
            return left
        if left == ALWAYS:
            return right
        if left == NEVER or right == NEVER or left ^ right == 1:
            return NEVER
        pair = (left, right) if left < right else (right, left)
        found = self._pairs.get(pair)
        if found is None:
            found = self._pairs[pair] = self._conjunction(pair)
        return found

    def all(self, guards: Iterable[Guard]) -> Guard:
        """The conjunction of guards."""
        result = ALWAYS
        for guard in guards:
            result = self.both(result, guard)
        return result

    def either(self, left: Guard, right: Guard) -> Guard:
        """The disjunction of two guards."""
        return self.both(left ^ 1, right ^ 1) ^ 1

    def any(self, guards: Iterable[Guard]) -> Guard:
        """The disjunction of guards."""
        listed = dict.fromkeys(guards)
        if len(listed) < 3:
            result = NEVER
            for guard in listed:
                result = self.either(result, guard)
            return result
        if ALWAYS in listed:
            return ALWAYS
        return self._conjunction([guard ^ 1 for guard in listed if guard != NEVER]) ^ 1

    def without(self, guard: Guard, base: Guard) -> Guard:
        """A guard as one sees it who already knows `base`, a guard that it implies."""
        if guard == base:
            return ALWAYS
        whole, known = self.nodes[guard >> 1], self.nodes[base >> 1]
        if guard & 1 or not isinstance(whole, All):
            return guard
        parts = known.parts if base & 1 == 0 and isinstance(known, All) else (base,)
        rest = [part for part in whole.parts if part not in parts]
        if len(rest) + len(parts) > len(whole.parts):
            return guard
        return rest[0] if len(rest) == 1 else self._edge(All(tuple(rest)))

    def _edge(self, node: Node) -> Guard:
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
            if number > _MAX_NODES:
                raise BudgetError(f"the rules give a formula of over {_MAX_NODES} nodes")
        return number << 1

    def _conjunction(self, guards: Iterable[Guard]) -> Guard:
        """A conjunction from scratch: flattened, literals of one variable merged, simplified."""
        nodes = self.nodes
        parts: set[Guard] = set()
        masks: dict[int, int] = {}
        for guard in guards:
            node = nodes[guard >> 1]
            if guard & 1 == 0 and isinstance(node, All):
                parts.update(node.parts)
            else:
                parts.add(guard)
        if NEVER in parts:
            return NEVER
        parts.discard(ALWAYS)
        numbers: set[int] = set()
        for guard in list(parts):
            if guard ^ 1 in parts:
                return NEVER
            node = nodes[guard >> 1]
            if isinstance(node, OneOf):
                mask = self._full[node.variable] ^ node.mask if guard & 1 else node.mask
                if node.variable in masks:
                    mask &= masks[node.variable]
                    if not mask:
                        return NEVER
                masks[node.variable] = mask
                parts.discard(guard)
            elif isinstance(node, Below):
                numbers.add(node.variable)
        parts.update(self.one_of(variable, mask) for variable, mask in masks.items())
        for variable in numbers:
            if not self._narrow(parts, variable):
                return NEVER
        if not self._propagate(parts, masks):
            return NEVER
        parts.discard(ALWAYS)
        if not parts:
            return ALWAYS
        if len(parts) == 1:
            return parts.pop()
        return self._edge(All(tuple(sorted(parts))))

    def _narrow(self, parts: set[Guard], variable: int) -> bool:
        """Keep the tightest bounds of a number; false where they exclude each other."""
        above: list[tuple[float, bool, Guard]] = []
        under: list[tuple[float, bool, Guard]] = []
        for guard in parts:
            node = self.nodes[guard >> 1]
            if isinstance(node, Below) and node.variable == variable:
                (above if guard & 1 else under).append((node.cut, node.included, guard))
        for kept, bounds in ((max, above), (min, under)):
            if len(bounds) > 1:
                best = kept(bounds)
                parts.difference_update(guard for *_, guard in bounds if guard != best[2])
        return not (above and under and min(under)[:2] <= max(above)[:2])

    def _propagate(self, parts: set[Guard], masks: dict[int, int]) -> bool:
        """Simplify negated conjunctions by what the other parts say; false where one is violated."""
        for guard in [item for item in parts if item & 1]:
            node = self.nodes[guard >> 1]
            if not isinstance(node, All) or guard not in parts:
                continue
            left = []
            for part in node.parts:
                held = self._decided(part, parts, masks)
                if held is False:
                    parts.discard(guard)
                    break
                if held is None:
                    left.append(part)
            else:
                if not left:
                    return False
                if len(left) < len(node.parts):
                    parts.discard(guard)
                    simpler = self.all(left) ^ 1
                    if simpler ^ 1 in parts:
                        return False
                    return self._absorb(parts, masks, simpler)
        return True

    def _decided(self, part: Guard, parts: set[Guard], masks: dict[int, int]) -> bool | None:
        if part in parts:
            return True
        if part ^ 1 in parts:
            return False
        node = self.nodes[part >> 1]
        if isinstance(node, OneOf) and node.variable in masks:
            mask = self._full[node.variable] ^ node.mask if part & 1 else node.mask
            known = masks[node.variable]
            if known & ~mask == 0:
                return True
            if known & mask == 0:
                return False
        return None

    def _absorb(self, parts: set[Guard], masks: dict[int, int], simpler: Guard) -> bool:
        """Start over with one part replaced by a simpler one."""
        whole = self._conjunction([*parts, simpler])
        parts.clear()
        parts.add(whole)
        return whole != NEVER

    def reachable(self, roots: Iterable[Guard]) -> Iterator[int]:
        """The numbers of the nodes under some guards, parts before wholes."""
        seen = {0}
        for root in roots:
            stack = [root >> 1]
            while stack:
                number = stack[-1]
                node = self.nodes[number]
                waiting = [
                    part >> 1
                    for part in (node.parts if isinstance(node, All) else ())
                    if part >> 1 not in seen
                ]
                if number in seen:
                    stack.pop()
                elif waiting:
                    stack += waiting
                else:
                    seen.add(number)
                    yield number
                    stack.pop()

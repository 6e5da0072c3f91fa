"""Path conditions: boolean formulas over what facts can be, one node for each function.

The name is that of symbolic execution; where one is at hand it is called `pc`, the store `pcs`. A
path condition is an integer edge: twice the number of a node, plus one where it is negated. Nodes
are literals and conjunctions. A literal says that a variable takes one of some values, or that it
lies below a cut. Behind every node stands a binary decision diagram (BDD; Bryant, Graph-Based
Algorithms for Boolean Function Manipulation, 1986), by which formulas that say the same are one
path condition and a formula that cannot hold is `NEVER`.

What one fact can be is built into the diagrams: the values of a choice are complete codes of its
bits, and a cut between two others holds wherever the lower one does and nowhere the upper one does
not, so no constraint has to be carried along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from oxidd.bcdd import BCDDFunction, BCDDManager
from oxidd.util import DDMemoryError

from rsp_policy.engine.errors import BudgetError

from .variables import Below, Choice, Cut, OneOf, Ordered, Variable, codes

PathCondition: TypeAlias = int

ALWAYS: PathCondition = 0
NEVER: PathCondition = 1

MAX_DIAGRAM_NODES = 16_000_000
"""The most nodes that the diagrams of one store hold together; only those made take memory."""

MAX_REMEMBERED = 1_000_000
"""The most results of operations on diagrams that are remembered."""


@dataclass(frozen=True, slots=True)
class Both:
    """A conjunction of two path conditions."""

    left: PathCondition
    right: PathCondition


Node: TypeAlias = OneOf | Below | Both | None


class PathConditions:
    """A store of path conditions over some variables.

    Attributes:
        variables: What path conditions are about.
        nodes: Every node by its number; the first stands for `ALWAYS`.
        manager: The decision diagrams behind the nodes.
        capacity: The most nodes that the diagrams may have together.
    """

    def __init__(self, variables: Sequence[Variable], capacity: int = MAX_DIAGRAM_NODES) -> None:
        self.variables = tuple(variables)
        self.capacity = capacity
        self.nodes: list[Node] = [None]
        self.manager = BCDDManager(capacity, min(max(capacity // 4, 1024), MAX_REMEMBERED), 1)
        self._diagrams: list[BCDDFunction] = [self.manager.true()]
        self._pcs: dict[BCDDFunction, PathCondition] = {
            self.manager.true(): ALWAYS,
            self.manager.false(): NEVER,
        }
        self._literals: dict[tuple[int, int], PathCondition] = {}
        self._pairs: dict[tuple[PathCondition, PathCondition], PathCondition] = {}
        self._bits: list[range] = []
        for item in self.variables:
            width = (len(item.values) - 1).bit_length() if isinstance(item, Choice) else 0
            self._bits.append(self.manager.add_vars(width))
        self._cuts: dict[int, list[Cut]] = {}
        self._cut_bits: dict[int, list[int]] = {}
        self._diagram_of_cut: dict[tuple[int, Cut], BCDDFunction] = {}

    # literals

    def one_of(self, variable: int, mask: int) -> PathCondition:
        """The variable takes one of the values whose bits are set in `mask`."""
        found = self._literals.get((variable, mask))
        if found is not None:
            return found
        item = self.variables[variable]
        assert isinstance(item, Choice)
        full = (1 << len(item.values)) - 1
        mask &= full
        if mask in (0, full):
            return ALWAYS if mask else NEVER
        diagram = self.manager.false()
        for index in range(len(item.values)):
            if mask >> index & 1:
                diagram |= self._value(variable, index)
        made = self._literals[variable, mask] = self._pc(diagram, OneOf(variable, mask))
        return made

    def _value(self, variable: int, index: int) -> BCDDFunction:
        """The codes of one value: of the last one, all that are left over."""
        item = self.variables[variable]
        assert isinstance(item, Choice)
        rank = 0 if index == item.usual else index + 1 if index < item.usual else index
        diagram = self.manager.true()
        for code in codes(len(item.values), len(self._bits[variable]))[rank]:
            number, wanted = code
            bit = self._bits[variable][number]
            diagram &= self.manager.var(bit) if wanted else self.manager.not_var(bit)
        return diagram

    def below(self, variable: int, cut: float, *, included: bool) -> PathCondition:
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
        return self._pc(self._cut(variable, (cut, included)), Below(variable, cut, included))

    def _cut(self, variable: int, cut: Cut) -> BCDDFunction:
        cuts = self._cuts.setdefault(variable, [])
        place = bisect_left(cuts, cut)
        if place < len(cuts) and cuts[place] == cut:
            return self._diagram_of_cut[variable, cut]
        (bit,) = self.manager.add_vars(1)
        diagram = self.manager.var(bit)
        if place < len(cuts):
            diagram &= self._diagram_of_cut[variable, cuts[place]]
        if place:
            diagram |= self._diagram_of_cut[variable, cuts[place - 1]]
        cuts.insert(place, cut)
        self._cut_bits.setdefault(variable, []).append(bit)
        self._diagram_of_cut[variable, cut] = diagram
        return diagram

    def bits(self, variable: int) -> Sequence[int]:
        """The bits of a variable in the diagrams."""
        return self._cut_bits.get(variable, []) or self._bits[variable]

    def cuts(self, variable: int) -> Sequence[Cut]:
        """The cuts of a number that literals have named, in order."""
        return self._cuts.get(variable, ())

    # connectives

    def both(self, left: PathCondition, right: PathCondition) -> PathCondition:
        """The conjunction of two path conditions."""
        if left == right or right == ALWAYS:
            return left
        if left == ALWAYS:
            return right
        if left == NEVER or right == NEVER or left ^ right == 1:
            return NEVER
        pair = (left, right) if left < right else (right, left)
        found = self._pairs.get(pair)
        if found is None:
            with self.bounded(pair):
                diagram = self.diagram(left) & self.diagram(right)
            found = self._pairs[pair] = self._pc(diagram, Both(*pair))
        return found

    def all(self, pcs: Iterable[PathCondition]) -> PathCondition:
        """The conjunction of path conditions."""
        result = ALWAYS
        for pc in pcs:
            result = self.both(result, pc)
        return result

    def either(self, left: PathCondition, right: PathCondition) -> PathCondition:
        """The disjunction of two path conditions."""
        return self.both(left ^ 1, right ^ 1) ^ 1

    def any(self, pcs: Iterable[PathCondition]) -> PathCondition:
        """The disjunction of path conditions."""
        result = NEVER
        for pc in pcs:
            result = self.either(result, pc)
        return result

    def without(self, pc: PathCondition, base: PathCondition) -> PathCondition:
        """The path condition with `base`, which it implies, taken out of its conjunction."""
        rest, left = ALWAYS, pc
        while left != base:
            node = self.nodes[left >> 1]
            if left & 1 or not isinstance(node, Both):
                return pc
            inner, last = (node.left, node.right)
            if base in (node.left, node.right):
                inner, last = base, node.right if base == node.left else node.left
            elif inner < last:
                inner, last = last, inner
            rest, left = self.both(rest, last), inner
        return rest

    def diagram(self, pc: PathCondition) -> BCDDFunction:
        """The decision diagram of a path condition."""
        diagram = self._diagrams[pc >> 1]
        return ~diagram if pc & 1 else diagram

    def of_diagram(self, diagram: BCDDFunction) -> PathCondition | None:
        """The path condition that says what a diagram says, if there is one."""
        return self._pcs.get(diagram)

    def _pc(self, diagram: BCDDFunction, node: Node) -> PathCondition:
        found = self._pcs.get(diagram)
        if found is None:
            found = len(self.nodes) << 1
            self.nodes.append(node)
            self._diagrams.append(diagram)
            self._pcs[diagram] = found
            self._pcs[~diagram] = found | 1
        return found

    # structure

    def reachable(self, roots: Iterable[PathCondition]) -> Iterator[int]:
        """The numbers of the nodes under some path conditions, parts before wholes."""
        seen = {0}
        for root in roots:
            stack = [root >> 1]
            while stack:
                number = stack[-1]
                node = self.nodes[number]
                parts = (node.left >> 1, node.right >> 1) if isinstance(node, Both) else ()
                waiting = [part for part in parts if part not in seen]
                if number in seen:
                    stack.pop()
                elif waiting:
                    stack += waiting
                else:
                    seen.add(number)
                    yield number
                    stack.pop()

    def facts(self, pcs: Iterable[PathCondition]) -> dict[str, int]:
        """The facts that path conditions mention, with the number of nodes over each."""
        counted: dict[str, int] = {}
        for number in self.reachable(pcs):
            node = self.nodes[number]
            if isinstance(node, OneOf | Below):
                fact = self.variables[node.variable].fact
                counted[fact] = counted.get(fact, 0) + 1
        return counted

    @contextmanager
    def bounded(self, pcs: Iterable[PathCondition]) -> Iterator[None]:
        """Makes it an error of the user's when diagrams over path conditions outgrow their budget.

        Raises:
            BudgetError: With the facts that cause it.
        """
        try:
            yield
        except DDMemoryError:
            raise self._outgrown(pcs) from None

    def _outgrown(self, pcs: Iterable[PathCondition]) -> BudgetError:
        facts = sorted(self.facts(pcs).items(), key=lambda item: -item[1])
        named = ", ".join(path for path, _ in facts[:5])
        return BudgetError(
            f"the diagrams of these rules outgrow {self.capacity} nodes; the facts that cause it "
            f"most: {named}; narrow them with `--assume FACT=VALUE`, or ask about one `--gate`"
        )

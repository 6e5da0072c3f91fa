"""A circuit as a Python function: from complete facts to the value of its entry point."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Both, PathCondition
from rsp_policy.engine.bdd.variables import Below, Choice, OneOf
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import Truth, constant, ordered, plain
from rsp_policy.engine.symbolic.guarded_unions import (
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
    always,
    defined,
    is_constant,
)

from .circuits import Circuit


def compiled(circuit: Circuit) -> CodeType:
    """The circuit as compiled Python code."""
    return compile(source(circuit), f"<circuit of {circuit.entrypoint}>", "exec", dont_inherit=True)


def source(circuit: Circuit) -> str:
    """The circuit as the text of a function `decide(facts)`, one line a formula.

    It takes complete facts by path, checked before, and gives the value as JSON, members of sets in
    Rego's order, or `None` where the entry point is undefined. Parts of the value are shared
    between calls and must not be changed.
    """
    return "\n".join(_Writer(circuit).lines())


def quoted(builtin: str, *arguments: Value) -> Value:
    """A text that quotes facts, put together when they are known."""
    from rsp_policy.engine.builtins import BUILTINS

    if builtin == "array":
        return list(arguments)
    return plain(BUILTINS[builtin](*map(constant, arguments)))


class _Writer:
    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self.pcs = circuit.pcs
        self.constants: dict[str, str] = {}
        self.facts: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        result = self.value(self.circuit.value) if self.circuit.value else "None"
        there = " or ".join(self.edge(pc) for pc, _ in self.circuit.value)
        roots = sorted(set(_pcs_in(self.circuit.value)))
        body = [self.node(number) for number in self.pcs.reachable(roots)]
        facts = [f"    {name} = facts[{path!r}]" for path, name in self.facts.items()]
        yield from (f"{name} = {text}" for text, name in self.constants.items())
        yield "def decide(facts):"
        yield from facts
        yield from (f"    {line}" for line in body)
        if self.circuit.value and defined(self.pcs, self.circuit.value) != ALWAYS:
            yield f"    if not ({there}): return None"
        yield f"    return {result}"

    def fact(self, path: str) -> str:
        return self.facts.setdefault(path, f"f{len(self.facts)}")

    def node(self, number: int) -> str:
        node = self.pcs.nodes[number]
        if isinstance(node, Both):
            return f"g{number} = {self.edge(node.left)} and {self.edge(node.right)}"
        assert isinstance(node, OneOf | Below)
        item = self.pcs.variables[node.variable]
        fact = self.fact(item.fact)
        if isinstance(node, Below):
            limit: object = node.cut
            if self.circuit.facts.vocabulary[item.fact].kind == "date":
                import datetime

                limit = datetime.date.fromordinal(int(node.cut)).isoformat()
            return f"g{number} = {fact} {'<=' if node.included else '<'} {limit!r}"
        assert isinstance(item, Choice)
        if item.member is not None:
            return f"g{number} = {item.member!r} {'in' if node.mask == 2 else 'not in'} {fact}"
        values = [plain(v) for i, v in enumerate(item.values) if node.mask >> i & 1]
        if isinstance(item.values[0], Truth):
            return f"g{number} = {fact} is {values[0]!r}"
        if len(values) == 1:
            return f"g{number} = {fact} == {values[0]!r}"
        return f"g{number} = {fact} in {tuple(values)!r}"

    def edge(self, pc: PathCondition) -> str:
        if pc in (ALWAYS, NEVER):
            return str(pc == ALWAYS)
        return f"not g{pc >> 1}" if pc & 1 else f"g{pc >> 1}"

    def value(self, value: GuardedUnion) -> str:
        """An expression for a value that is defined."""
        *others, (_, last) = value
        text = self.alternative(last)
        for pc, item in reversed(others):
            text = f"{self.alternative(item)} if {self.edge(pc)} else {text}"
        return f"({text})" if others else text

    def alternative(self, item: Alternative) -> str:
        match item:
            case SymbolicSet():
                return self.members(item)
            case SymbolicObject():
                return self.pairs(item)
            case SymbolicArray():
                return f"[{', '.join(self.value(value) for value in item.elements)}]"
            case AffineTerm():
                fact = self.fact(self.pcs.variables[item.variable].fact)
                plainly = item.factor == 1 and item.offset == 0
                scaled = f"quoted('mul', {fact}, {item.factor!r})"
                return fact if plainly else f"quoted('plus', {scaled}, {item.offset!r})"
            case Count():
                return f"sum(({', '.join(self.edge(pc) for pc in item.pcs)},))"
            case Deferred():
                words = ", ".join(map(self.alternative, item.arguments))
                return f"quoted({item.builtin!r}, {words})"
            case FactArray() | Unordered():
                return self.fact(item.fact)
            case _:
                return self.named(repr(plain(item)))

    def named(self, text: str) -> str:
        """A constant by a name of its own, built once."""
        if len(text) < 12:
            return text
        return self.constants.setdefault(text, f"c{len(self.constants)}")

    def members(self, item: SymbolicSet) -> str:
        constants = [member for member in item.members if is_constant(member)]
        late = [member for member in item.members if not is_constant(member)]
        pairs = [
            f"({self.edge(item.members[member])}, {self.alternative(member)})"
            for member in (*ordered(constants), *late)
        ]
        return f"[m for g, m in ({', '.join(pairs)},) if g]" if pairs else "[]"

    def pairs(self, item: SymbolicObject) -> str:
        certain, possible = [], []
        for key, value in item.pairs.items():
            text = f"{plain(key)!r}: {self.value(value)}" if value else ""
            there = self.pcs.any(pc for pc, _ in value)
            if there == ALWAYS:
                certain.append(text)
            elif there != NEVER:
                test = " or ".join(self.edge(pc) for pc, _ in value)
                possible.append(f"**({{{text}}} if {test} else {{}})")
        return f"{{{', '.join((*certain, *possible))}}}"


def _pcs_in(value: GuardedUnion) -> Iterator[PathCondition]:
    """The path conditions that decide between the parts of a value."""
    for pc, item in value:
        yield pc
        match item:
            case SymbolicSet():
                yield from item.members.values()
                for member in item.members:
                    if isinstance(member, Deferred):
                        yield from _pcs_in(always(member))
            case SymbolicObject():
                for inner in item.pairs.values():
                    yield from _pcs_in(inner)
            case SymbolicArray():
                for inner in item.elements:
                    yield from _pcs_in(inner)
            case Count():
                yield from item.pcs
            case Deferred():
                for argument in item.arguments:
                    yield from _pcs_in(always(argument))

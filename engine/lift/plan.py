"""Plans: OPA's intermediate representation as regopy writes it, read into typed statements.

The format is documented at openpolicyagent.org (`ir`). regopy leaves some mistakes unreported that
would make a plan compute something else than the rules say; `read_plan` refuses those.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..errors import RuleError, UnliftableError
from .values import FALSE, TRUE, Constant, Truth

INPUT, DATA = 0, 1
"""The locals that hold `input` and `data`, in every function."""


@dataclass(frozen=True, slots=True)
class Local:
    """A local variable as an operand."""

    index: int


Operand: TypeAlias = "Local | Fixed"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A string or a boolean as an operand."""

    value: str | Truth


@dataclass(frozen=True, slots=True)
class Where:
    """The place in the rules that a statement comes from; `row` counts from 1, 0 if unknown."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}" if self.row else self.file


@dataclass(frozen=True, slots=True)
class Statement:
    """One instruction; it lets the path that runs it go on, narrows it, or ends it."""

    where: Where


@dataclass(frozen=True, slots=True)
class Block:
    """Statements in sequence; the first that is undefined ends the block."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Blocks(Statement):
    """Blocks one after the other; the end of one does not stop the next."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Not(Statement):
    """Goes on where its block does not go through."""

    block: Block


@dataclass(frozen=True, slots=True)
class Scan(Statement):
    """Runs its block for every element of a collection."""

    source: int
    key: int
    value: int
    block: Block


@dataclass(frozen=True, slots=True)
class With(Statement):
    """Runs its block with a part of `input` or `data` replaced."""

    local: int
    path: tuple[str, ...]
    value: Operand
    block: Block


@dataclass(frozen=True, slots=True)
class Call(Statement):
    """Calls a rule, a function of the rules, or a builtin."""

    function: str
    arguments: tuple[Operand, ...]
    target: int


@dataclass(frozen=True, slots=True)
class CallDynamic(Statement):
    """Calls the rule at a path whose parts are computed."""

    path: tuple[Operand, ...]
    arguments: tuple[Operand, ...]
    target: int


@dataclass(frozen=True, slots=True)
class Dot(Statement):
    """Reads a member of a collection."""

    source: Operand
    key: Operand
    target: int


@dataclass(frozen=True, slots=True)
class Assign(Statement):
    """Writes a local; with `once`, a second and different value is a conflict."""

    source: Operand
    target: int
    once: bool


@dataclass(frozen=True, slots=True)
class Equal(Statement):
    """Goes on where two operands are equal, or, with `negated`, where they differ."""

    left: Operand
    right: Operand
    negated: bool


@dataclass(frozen=True, slots=True)
class Test(Statement):
    """Goes on where a local is defined, undefined, an array, an object or a set."""

    source: Operand
    kind: str


@dataclass(frozen=True, slots=True)
class Make(Statement):
    """Writes a new constant, or a new empty `array`, `object` or `set`, into a local."""

    target: int
    kind: str
    value: Constant = None


@dataclass(frozen=True, slots=True)
class Length(Statement):
    """Writes the number of elements of a collection."""

    source: Operand
    target: int


@dataclass(frozen=True, slots=True)
class Append(Statement):
    """Appends to an array; with `literal`, to one that the same block makes."""

    array: int
    value: Operand
    literal: bool


@dataclass(frozen=True, slots=True)
class AddMember(Statement):
    """Adds to a set; with `literal`, to one that the same block makes."""

    set: int
    value: Operand
    literal: bool


@dataclass(frozen=True, slots=True)
class Insert(Statement):
    """Puts a value under a key of an object.

    Attributes:
        once: Whether another value under the key is a conflict.
        literal: Whether the same block makes the object.
    """

    key: Operand
    value: Operand
    object: int
    once: bool
    literal: bool


@dataclass(frozen=True, slots=True)
class Merge(Statement):
    """Merges two objects key by key; where only one of two values is an object, `left` stands."""

    left: int
    right: int
    target: int


@dataclass(frozen=True, slots=True)
class Reset(Statement):
    """Makes a local undefined."""

    target: int


@dataclass(frozen=True, slots=True)
class Return(Statement):
    """Ends a function with a value."""

    source: int


@dataclass(frozen=True, slots=True)
class Yield(Statement):
    """Adds to the results of an entry point."""

    value: int


@dataclass(frozen=True, slots=True)
class Function:
    """A rule or a function of the rules.

    Attributes:
        path: Its path in `data`.
        kept: Locals of which a write must not forget what was there, because some read may see
            either.
    """

    name: str
    path: tuple[str, ...]
    parameters: tuple[int, ...]
    blocks: tuple[Block, ...]
    where: Where
    kept: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Plan:
    """Compiled rules.

    Attributes:
        entries: Entry points by name, such as `rsp/main/decision`, as functions without result.
        functions: Rules and functions by their name in the plan.
        builtins: The builtins that are called.
    """

    entries: Mapping[str, Function]
    functions: Mapping[str, Function]
    by_path: Mapping[tuple[str, ...], Function]
    builtins: tuple[str, ...]


def read_plan(text: str, files: Mapping[str, str] | None = None) -> Plan:
    """The plan in regopy's `plan.json`.

    Args:
        files: The file of every package, `package: file`, where files have one base name.

    Raises:
        RuleError: If the plan holds a statement that is not known, or fails a check.
    """
    return _Reader(json.loads(text), files or {}).plan()


class _Reader:
    def __init__(self, raw: dict[str, dict[str, list[dict[str, object]]]], files: Mapping[str, str]):
        static = raw["static"]
        self.strings = [_token(str(item["value"])) for item in static.get("strings", [])]
        self.numbers = [str(item["value"]) for item in static.get("strings", [])]
        self.files = [str(item["value"]) for item in static.get("files", [])]
        self.builtins = tuple(str(item["name"]) for item in static.get("builtin_funcs") or ())
        self.raw = raw
        self.places = files
        self.where = Where("", 0)
        self.package = ""
        self.made: set[int] = set()

    def plan(self) -> Plan:
        functions = {}
        for item in self.raw["funcs"].get("funcs") or ():
            function = self.function(item)
            functions[function.name] = function
        entries = {}
        for item in self.raw["plans"]["plans"]:
            entry = self.function({**item, "params": [INPUT, DATA], "path": []})
            entries[entry.name] = entry
        by_path = {function.path: function for function in functions.values()}
        plan = Plan(entries, functions, by_path, self.builtins)
        _check(plan)
        return plan

    def function(self, item: Mapping[str, object]) -> Function:
        name = str(item["name"])
        self.package = name.removeprefix("g0.data.").rpartition(".")[0]
        self.where = Where(name, 0)
        raw_blocks, raw_path, raw_parameters = item["blocks"], item["path"], item["params"]
        assert isinstance(raw_blocks, list)
        assert isinstance(raw_path, list)
        assert isinstance(raw_parameters, list)
        blocks = tuple(self.block(block) for block in raw_blocks)
        parameters = tuple(raw_parameters)
        path = tuple(map(str, raw_path[1:]))
        where = next((item.where for item in _walk(blocks) if item.where.row), Where(name, 0))
        return Function(name, path, parameters, blocks, where, _kept(blocks, parameters))

    def block(self, block: object) -> Block:
        assert isinstance(block, dict)
        around, self.made = self.made, set()
        statements = tuple(self.statement(item["type"], item["stmt"]) for item in block["stmts"])
        self.made = around
        return Block(statements)

    def statement(self, kind: str, raw: Mapping[str, object]) -> Statement:  # noqa: C901
        where = self.at(raw)
        local, operand = self.local, self.operand
        match kind.removesuffix("Stmt"):
            case "Block":
                blocks = raw["blocks"]
                assert isinstance(blocks, list)
                return Blocks(where, tuple(self.block(block) for block in blocks))
            case "Not":
                return Not(where, self.block(raw["block"]))
            case "Scan":
                block = self.block(raw["block"])
                return Scan(where, local(raw["source"]), local(raw["key"]), local(raw["value"]), block)
            case "With":
                path = tuple(self.text(index) for index in _list(raw["path"]))
                block = self.block(raw["block"])
                return With(where, local(raw["local"]), path, operand(raw["value"]), block)
            case "Call":
                arguments = tuple(map(operand, _list(raw["args"])))
                return Call(where, str(raw["func"]), arguments, local(raw["result"]))
            case "CallDynamic":
                arguments = tuple(map(operand, _list(raw["args"])))
                route = tuple(map(operand, _list(raw["path"])))
                return CallDynamic(where, route, arguments, local(raw["result"]))
            case "Dot":
                return Dot(where, operand(raw["source"]), operand(raw["key"]), local(raw["target"]))
            case "AssignVar" | "AssignVarOnce":
                once = kind.startswith("AssignVarOnce")
                return Assign(where, operand(raw["source"]), local(raw["target"]), once)
            case "Equal" | "NotEqual":
                negated = kind.startswith("Not")
                return Equal(where, operand(raw["a"]), operand(raw["b"]), negated)
            case "IsDefined" | "IsUndefined" | "IsArray" | "IsObject" | "IsSet":
                test = kind.removeprefix("Is").removesuffix("Stmt").lower()
                return Test(where, operand(raw["source"]), test)
            case "MakeArray" | "MakeObject" | "MakeSet":
                made = kind.removeprefix("Make").removesuffix("Stmt").lower()
                self.made.add(local(raw["target"]))
                return Make(where, local(raw["target"]), made)
            case "MakeNull":
                return Make(where, local(raw["target"]), "constant", None)
            case "MakeNumberInt" | "AssignInt":
                return Make(where, local(raw["target"]), "constant", self.number(str(raw["value"])))
            case "MakeNumberRef":
                text = self.numbers[int(str(raw["index"]))].strip('"')
                return Make(where, local(raw["target"]), "constant", self.number(text))
            case "Len":
                return Length(where, operand(raw["source"]), local(raw["target"]))
            case "ArrayAppend":
                array = local(raw["array"])
                return Append(where, array, operand(raw["value"]), array in self.made)
            case "SetAdd":
                group = local(raw["set"])
                return AddMember(where, group, operand(raw["value"]), group in self.made)
            case "ObjectInsert" | "ObjectInsertOnce":
                key, value, target = operand(raw["key"]), operand(raw["value"]), local(raw["object"])
                return Insert(where, key, value, target, "Once" in kind, target in self.made)
            case "ObjectMerge":
                return Merge(where, local(raw["a"]), local(raw["b"]), local(raw["target"]))
            case "ResetLocal":
                return Reset(where, local(raw["target"]))
            case "ReturnLocal":
                return Return(where, local(raw["source"]))
            case "ResultSetAdd":
                return Yield(where, local(raw["value"]))
            case unknown:
                raise RuleError(f"{where}: the compiled plan holds a statement {unknown}, not known")

    def at(self, raw: Mapping[str, object]) -> Where:
        """The place of a statement; one without a place of its own stands where the last did."""
        if "row" in raw and "file" in raw:
            file = self.files[int(str(raw["file"]))]
            file = self.places.get(f"{self.package}/{file}", file)
            self.where = Where(file, int(str(raw["row"])) + 1)
        return self.where

    def operand(self, raw: object) -> Operand:
        if not isinstance(raw, dict):
            return Local(int(str(raw)))
        match raw["type"]:
            case "local":
                return Local(raw["value"])
            case "bool":
                return Fixed(TRUE if raw["value"] else FALSE)
            case _:
                return Fixed(self.text(raw["value"]))

    def text(self, index: object) -> str:
        return self.strings[int(str(index))]

    @staticmethod
    def local(raw: object) -> int:
        if isinstance(raw, dict):
            raw = raw["value"]
        return int(str(raw))

    def number(self, text: str) -> int | float:
        value = json.loads(text)
        assert isinstance(value, int | float)
        if not math.isfinite(value):
            reason = f"{text} is larger than any number that can be held"
            raise UnliftableError(self.where, "number", reason, "write a smaller one")
        return value


def _list(raw: object) -> Sequence[object]:
    assert isinstance(raw, list)
    return raw


def _token(text: str) -> str:
    """A static string: a JSON token, with or without its outer quotes."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def statements(function: Function) -> Iterator[Statement]:
    """All statements of a function, those in blocks further in too."""
    return _walk(function.blocks)


def _walk(blocks: Sequence[Block]) -> Iterator[Statement]:
    for block in blocks:
        for statement in block.statements:
            yield statement
            yield from _walk(_inner(statement))


def _inner(statement: Statement) -> tuple[Block, ...]:
    if isinstance(statement, Blocks):
        return statement.blocks
    return (statement.block,) if isinstance(statement, Not | Scan | With) else ()


def _writes(statement: Statement) -> tuple[int, ...]:
    match statement:
        case Scan():
            return statement.key, statement.value
        case Call() | CallDynamic() | Dot() | Assign() | Make() | Length() | Merge() | Reset():
            return (statement.target,)
    return ()


def _reads(statement: Statement) -> tuple[int, ...]:
    match statement:
        case Scan() | Return():
            return (statement.source,)
        case With():
            return _locals(statement.value)
        case Call():
            return _locals(*statement.arguments)
        case CallDynamic():
            return _locals(*statement.path, *statement.arguments)
        case Dot():
            return _locals(statement.source, statement.key)
        case Assign() | Test() | Length():
            return _locals(statement.source)
        case Equal():
            return _locals(statement.left, statement.right)
        case Append():
            return (statement.array, *_locals(statement.value))
        case AddMember():
            return (statement.set, *_locals(statement.value))
        case Insert():
            return (statement.object, *_locals(statement.key, statement.value))
        case Merge():
            return statement.left, statement.right
        case Yield():
            return (statement.value,)
    return ()


def _locals(*operands: Operand) -> tuple[int, ...]:
    return tuple(operand.index for operand in operands if isinstance(operand, Local))


def _kept(blocks: Sequence[Block], parameters: Sequence[int]) -> frozenset[int]:
    """The locals for which some read is not dominated by every write that may reach it.

    A local whose every read stands behind a write in the same block or in a block around it, with
    no other write in between in a block further in, may be overwritten. All others keep what they
    held on the paths that a write is not on.
    """
    kept: set[int] = set()
    depth: dict[int, list[tuple[int, ...]]] = {}

    def visit(block: Block, path: tuple[int, ...]) -> None:
        for statement in block.statements:
            for local in _reads(statement):
                written = depth.get(local)
                if written and any(path[: len(at)] != at for at in written):
                    kept.add(local)
            own = _writes(statement)
            if not isinstance(statement, Scan):
                _note(own, path)
            for index, inner in enumerate(_inner(statement)):
                deeper = (*path, id(statement), index)
                if isinstance(statement, Scan):
                    _note(own, deeper)
                visit(inner, deeper)

    def _note(written: tuple[int, ...], path: tuple[int, ...]) -> None:
        for local in written:
            places = depth.setdefault(local, [])
            # a write in a block around or in the same block takes the place of those further in
            places[:] = [at for at in places if at[: len(path)] != path]
            places.append(path)

    for index, block in enumerate(blocks):
        visit(block, (index,))
    return frozenset(kept)


def _check(plan: Plan) -> None:
    """Refuse what regopy compiles without complaint and yet wrongly.

    Raises:
        RuleError: With the rule, and what to write instead.
    """
    known = plan.functions.keys() | set(plan.builtins)
    for function in (*plan.functions.values(), *plan.entries.values()):
        written = {*function.parameters, INPUT, DATA}
        for item in _walk(function.blocks):
            # a `with` that puts a value in the place of a builtin writes a local of its own
            written.update(_writes(item) if not isinstance(item, With) else (item.local,))
        for statement in _walk(function.blocks):
            if set(_reads(statement)) - written:
                raise RuleError(
                    f"{statement.where}: a variable is used that nothing binds (regopy also gives "
                    "this for an `every` inside an `every` that uses an outer variable: give the "
                    "inner one a rule of its own)"
                )
            if isinstance(statement, Call) and statement.function not in known:
                raise RuleError(f"{statement.where}: unknown function `{statement.function}`")
            _check_names(statement)
    _check_cycles(plan)


def _check_names(statement: Statement) -> None:
    if isinstance(statement, Dot) and isinstance(statement.key, Fixed):
        name = statement.key.value
        if isinstance(name, str) and re_captured(name):
            raise RuleError(
                f"{statement.where}: a variable of an `every` is compiled as the field `{name}`; "
                "give the `every` a rule of its own"
            )


def re_captured(name: str) -> bool:
    """Whether a field is a local variable that the compiler renamed and took for a field."""
    stem, dollar, number = name.rpartition("$")
    return bool(dollar and stem and number.isdigit())


def _check_cycles(plan: Plan) -> None:
    done: set[str] = set()

    def visit(function: Function, above: tuple[str, ...]) -> None:
        if function.name in above:
            cycle = " -> ".join((*above[above.index(function.name) :], function.name))
            raise RuleError(f"{function.where}: rules call one another in a circle: {cycle}")
        if function.name in done:
            return
        for statement in _walk(function.blocks):
            if isinstance(statement, Call) and statement.function in plan.functions:
                visit(plan.functions[statement.function], (*above, function.name))
        done.add(function.name)

    for function in plan.functions.values():
        visit(function, ())

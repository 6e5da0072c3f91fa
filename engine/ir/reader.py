"""The file of a plan, `plan.json` as regopy writes it, read into typed statements.

regopy leaves some mistakes unreported that would make a plan compute something else than the rules
say. A plan that is read is checked for those too, and refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from rsp_policy.engine.errors import RuleError, UnliftableError

from .checks import check_plan
from .constants import FALSE, TRUE
from .dataflow import kept
from .plan import Function, Plan
from .statements import (
    DATA,
    INPUT,
    AddMember,
    Append,
    Assign,
    Blocks,
    Call,
    CallDynamic,
    Dot,
    Equal,
    Fixed,
    Insert,
    IRBlock,
    Length,
    Local,
    Make,
    Merge,
    Not,
    Operand,
    Reset,
    Return,
    Scan,
    Statement,
    Test,
    Where,
    With,
    Yield,
    walk,
)


def read_plan(text: str, files: Mapping[str, str] | None = None) -> Plan:
    """The plan in regopy's `plan.json`.

    Args:
        files: The file of every package, `package: file`, where files have one base name.

    Raises:
        RuleError: If the plan holds a statement that is not known, or fails a check.
    """
    return _Reader(json.loads(text), files or {}).plan()


class _Reader:
    def __init__(
        self, raw: dict[str, dict[str, list[dict[str, object]]]], files: Mapping[str, str]
    ):
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
        entrypoints = {}
        for item in self.raw["plans"]["plans"]:
            entrypoint = self.function({**item, "params": [INPUT, DATA], "path": []})
            entrypoints[entrypoint.name] = entrypoint
        by_path = {function.path: function for function in functions.values()}
        plan = Plan(entrypoints, functions, by_path, self.builtins)
        check_plan(plan)
        return plan

    def function(self, item: Mapping[str, object]) -> Function:
        name = str(item["name"])
        self.package = name.removeprefix("g0.data.").rpartition(".")[0]
        self.where = Where(name, 0)
        blocks = tuple(self.block(block) for block in _list(item["blocks"]))
        parameters = tuple(map(self.local, _list(item["params"])))
        path = tuple(map(str, _list(item["path"])[1:]))
        where = next((item.where for item in walk(blocks) if item.where.row), Where(name, 0))
        return Function(name, path, parameters, blocks, where, kept(blocks))

    def block(self, block: object) -> IRBlock:
        assert isinstance(block, dict)
        around, self.made = self.made, set()
        statements = tuple(self.statement(item["type"], item["stmt"]) for item in block["stmts"])
        self.made = around
        return IRBlock(statements)

    def statement(self, kind: str, raw: Mapping[str, object]) -> Statement:
        where, name = self.at(raw), kind.removesuffix("Stmt")
        for family in (self._control, self._test, self._read, self._made, self._changed):
            found = family(name, raw, where)
            if found is not None:
                return found
        raise RuleError(f"{where}: the compiled plan holds a statement {name}, not known")

    def _control(self, name: str, raw: Mapping[str, object], where: Where) -> Statement | None:
        """A statement that holds blocks, calls, or ends something."""
        local, operand = self.local, self.operand
        match name:
            case "Block":
                return Blocks(where, tuple(self.block(block) for block in _list(raw["blocks"])))
            case "Not":
                return Not(where, self.block(raw["block"]))
            case "Scan":
                block, source = self.block(raw["block"]), local(raw["source"])
                return Scan(where, source, local(raw["key"]), local(raw["value"]), block)
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
            case "ReturnLocal":
                return Return(where, local(raw["source"]))
            case "ResultSetAdd":
                return Yield(where, local(raw["value"]))
        return None

    def _test(self, name: str, raw: Mapping[str, object], where: Where) -> Statement | None:
        """A statement that goes on or not."""
        operand = self.operand
        match name:
            case "Equal" | "NotEqual":
                return Equal(where, operand(raw["a"]), operand(raw["b"]), name == "NotEqual")
            case "IsDefined" | "IsUndefined" | "IsArray" | "IsObject" | "IsSet":
                return Test(where, operand(raw["source"]), name.removeprefix("Is").lower())
        return None

    def _read(self, name: str, raw: Mapping[str, object], where: Where) -> Statement | None:
        """A statement that writes what it reads elsewhere into a local."""
        local, operand = self.local, self.operand
        match name:
            case "Dot":
                return Dot(where, operand(raw["source"]), operand(raw["key"]), local(raw["target"]))
            case "AssignVar" | "AssignVarOnce":
                once = name == "AssignVarOnce"
                return Assign(where, operand(raw["source"]), local(raw["target"]), once)
            case "Len":
                return Length(where, operand(raw["source"]), local(raw["target"]))
            case "ResetLocal":
                return Reset(where, local(raw["target"]))
        return None

    def _made(self, name: str, raw: Mapping[str, object], where: Where) -> Statement | None:
        """A statement that writes something new into a local."""
        local = self.local
        match name:
            case "MakeArray" | "MakeObject" | "MakeSet":
                self.made.add(local(raw["target"]))
                return Make(where, local(raw["target"]), name.removeprefix("Make").lower())
            case "MakeNull":
                return Make(where, local(raw["target"]), "constant", None)
            case "MakeNumberInt" | "AssignInt":
                return Make(where, local(raw["target"]), "constant", self.number(str(raw["value"])))
            case "MakeNumberRef":
                text = self.numbers[int(str(raw["index"]))].strip('"')
                return Make(where, local(raw["target"]), "constant", self.number(text))
            case "ObjectMerge":
                return Merge(where, local(raw["a"]), local(raw["b"]), local(raw["target"]))
        return None

    def _changed(self, name: str, raw: Mapping[str, object], where: Where) -> Statement | None:
        """A statement that adds to a collection in a local."""
        local, operand = self.local, self.operand
        match name:
            case "ArrayAppend":
                array = local(raw["array"])
                return Append(where, array, operand(raw["value"]), array in self.made)
            case "SetAdd":
                group = local(raw["set"])
                return AddMember(where, group, operand(raw["value"]), group in self.made)
            case "ObjectInsert" | "ObjectInsertOnce":
                key, value = operand(raw["key"]), operand(raw["value"])
                once, target = name == "ObjectInsertOnce", local(raw["object"])
                return Insert(where, key, value, target, once, target in self.made)
        return None

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

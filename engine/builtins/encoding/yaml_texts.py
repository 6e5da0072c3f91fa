"""Values as YAML texts, and YAML texts as values."""

from __future__ import annotations

import re

import yaml

from rsp_policy.engine.builtins.operands import MOST_ELEMENTS, string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.builtins.strings.notation import written
from rsp_policy.engine.builtins.types import parsed
from rsp_policy.engine.ir.constants import FALSE, TRUE, Constant, Object, plain, truth, type_name


class _Loader(yaml.SafeLoader):
    """Resolves plain scalars as Go's YAML does: no dates, and no numbers in base sixty."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_PLAIN = {
    "tag:yaml.org,2002:merge": r"<<",
    "tag:yaml.org,2002:null": r"~|null|Null|NULL|",
    "tag:yaml.org,2002:bool": r"(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE"
    r"|on|On|ON|off|Off|OFF)",
    "tag:yaml.org,2002:int": r"[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)",
    "tag:yaml.org,2002:float": r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}
for _tag, _pattern in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), None)


@builtin("yaml.marshal")
def marshal(value: Constant) -> Constant:
    """A value as a YAML text."""
    return yaml.safe_dump(
        plain(value), default_flow_style=False, allow_unicode=True, width=float("inf")
    )


@builtin("yaml.unmarshal")
def unmarshal(text: Constant) -> Constant:
    """The value of a YAML text."""
    return _read(string(text))


@builtin("yaml.is_valid")
def is_valid(value: Constant) -> Constant:
    """Whether a value is a YAML text."""
    try:
        return truth(isinstance(value, str) and (_read(value), True)[1])
    except BuiltinError:
        return FALSE


def _read(text: str) -> Constant:
    try:
        found = yaml.load(text, Loader=_Loader)
        return _Reader().value(found)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise BuiltinError(f"yaml: {where}{getattr(error, 'problem', error)}") from None
    except (ValueError, OverflowError, RecursionError, TypeError) as error:
        raise BuiltinError(f"yaml: {error}") from None


class _Reader:
    """Turns what the loader gives into a value, with a bound on what aliases multiply."""

    def __init__(self) -> None:
        self.count = 0

    def value(self, found: object) -> Constant:
        """A loaded value as a constant."""
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise BuiltinError(f"yaml: a document has over {MOST_ELEMENTS} values")
        if isinstance(found, bool):
            return TRUE if found else FALSE
        if isinstance(found, list):
            return tuple(map(self.value, found))
        if isinstance(found, dict):
            return Object((_key(self.value(key)), self.value(item)) for key, item in found.items())
        if found is None or isinstance(found, str | int):
            return found
        if isinstance(found, float):
            return parsed(repr(found))
        raise BuiltinError(f"yaml: {type(found).__name__} is no JSON")


def _key(value: Constant) -> str:
    """A key as JSON has it: scalars become strings."""
    if type_name(value) in ("array", "object", "set"):
        raise BuiltinError("yaml: a collection cannot be a key")
    return value if isinstance(value, str) else written(value)

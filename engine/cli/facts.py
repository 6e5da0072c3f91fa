"""`rsp facts`: what can be stated about the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rsp_policy.engine.errors import UnknownNameError
from rsp_policy.engine.files.documents import Value, written
from rsp_policy.engine.report.blocks import Block, Heading, Table, Text

from .names import Name
from .options import framework_option, output_options, write
from .parameters import argument
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.facts.vocabulary import Fact
    from rsp_policy.engine.framework.policy import Framework


def _chosen(history: Framework, name: str) -> str:
    known = history.vocabulary
    if name not in known.facts and name not in known.groups:
        raise UnknownNameError("fact", name, [*known.groups, *known.facts])
    return name


NAME = Name(
    "fact", lambda history: (*history.vocabulary.groups, *history.vocabulary.facts), _chosen
)


@declared("facts")
@argument("name", type=NAME, metavar="[FACT]", required=False)
@framework_option
@output_options
def command(name: str | None, history: Framework, form: str, output: str | None) -> None:
    """List the facts that a fact sheet can state.

    All of them with their values, or one FACT in full. A group such as `deployment` shows the
    facts of that group.

    \b
    Examples:
      rsp facts
      rsp facts deployment
      rsp facts deployment.public --format json
    """
    facts = [
        fact
        for fact in history.vocabulary
        if name is None or fact.path == name or fact.path.startswith(f"{name}.")
    ]
    listed: list[Value] = [_as_json(fact) for fact in facts]
    value: Value = {"schema": "rsp.facts/1", "framework": history.id, "facts": listed}
    alone = len(facts) == 1 and facts[0].path == name
    write(form, output, value, _one(facts[0]) if alone else _all(history, facts))


def _as_json(fact: Fact) -> Value:
    value: dict[str, Value] = {
        "path": fact.path,
        "kind": fact.kind,
        "title": fact.title,
        "description": fact.description,
        "default": fact.default,
    }
    if fact.values:
        value["values"] = list(fact.values)
    if fact.minimum is not None:
        value |= {"minimum": fact.minimum, "maximum": fact.maximum, "unit": fact.unit}
    if fact.determined_by:
        value["determined_by"] = fact.determined_by
    return value


def _all(history: Framework, facts: list[Fact]) -> list[Block]:
    blocks: list[Block] = [Heading(f"{history.title}: {len(facts)} facts", 1)]
    for group in dict.fromkeys(fact.path.rpartition(".")[0] for fact in facts):
        rows = [
            (fact.path, _values(fact), _plain(fact.default))
            for fact in facts
            if fact.path.rpartition(".")[0] == group
        ]
        title = history.vocabulary.groups.get(group, "")
        blocks += [
            Heading(f"{group}: {title}" if title else group),
            Table(("fact", "values", "default"), tuple(rows)),
        ]
    return blocks


def _one(fact: Fact) -> list[Block]:
    rows = [("fact", fact.path), ("values", _values(fact)), ("default", _plain(fact.default))]
    if fact.determined_by:
        rows.append(("determined by", fact.determined_by))
    about = [Text(fact.description)] if fact.description else []
    return [Heading(fact.title, 1), *about, Table(("", ""), tuple(rows))]


def _values(fact: Fact) -> str:
    from rsp_policy.engine.facts.vocabulary import day

    match fact.kind:
        case "boolean":
            return "true, false"
        case "choice" | "set":
            return f"{'any of ' if fact.kind == 'set' else ''}{', '.join(fact.values)}"
    assert fact.minimum is not None
    assert fact.maximum is not None
    if fact.kind == "date":
        return f"{day(fact.minimum)} to {day(fact.maximum)}"
    return f"{fact.minimum:g} to {fact.maximum:g} {fact.unit}".rstrip()


def _plain(value: Value) -> str:
    return "unknown" if value is None else written(value) or "none"

"""`rsp diff`: what one version changes against another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.files.documents import Value

from . import ExitCode
from .names import Count, InputFile, Name, Names, version_of
from .options import as_of_option, framework_option, gates_option, output_options, write
from .outputs import will_read
from .parameters import argument, given, mistakes, option, told
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.framework.policy import Framework, PolicyVersion


@dataclass(frozen=True, slots=True)
class _Sides:
    """What OLD, NEW and FACTS stand for."""

    versions: tuple[str, str]
    sheets: tuple[FactSheet, ...]


def _looked_up(ctx: click.Context) -> None:
    """Puts what they stand for in the place of names, and of assumptions."""
    params = ctx.params
    if "assume" in params:
        with told(ctx):
            params["assume"] = _joined(params["assume"])
    history: Framework | None = params.get("history")
    if history is None or not {"names", "as_of"} <= params.keys():
        return
    names, as_of = params["names"], params["as_of"]
    taken = max(2 - len(as_of), 0)
    if len(names[:taken]) + len(as_of) != 2 and not mistakes(ctx):
        raise UsageError("two versions are compared: OLD and NEW, or a day of `--as-of` for either")
    if names[taken:] and given(ctx, "gates", "assume", "expect"):
        with told(ctx):
            raise UsageError("FACTS do not go with `--gate`, `--assume` or `--expect`")
    versions: list[str] = []
    sheets: list[FactSheet] = []
    for name in names[:taken]:
        with told(ctx):
            versions.append(version_of(history, name))
    for name in names[taken:]:
        with told(ctx):
            if name not in history.models:
                will_read(ctx, name)
            sheets.append(history.sheet(name))
    params["names"] = _Sides((*versions, *as_of), tuple(sheets))


def _offered(history: Framework, before: Sequence[str]) -> Iterable[str]:
    return history.models if len(before) > 1 else history.encoded


def _assumption(history: Framework, text: str) -> tuple[str, tuple[Value, ...]]:
    """A fact with the values that it is taken to have, from `FACT=VALUE,VALUE`.

    The members of a set are joined by `+`; `FACT=` is the empty set.
    """
    from rsp_policy.diff.decisions.complete import check_assumptions

    path, equals, words = text.partition("=")
    if not equals:
        raise UsageError(f"`{text}` is no assumption; FACT=VALUE is wanted")
    fact = history.vocabulary[path]
    values = tuple(_value(fact.kind, word) for word in words.split(","))
    check_assumptions(history.vocabulary, {path: values})
    return path, values


def _joined(
    assumptions: Iterable[tuple[str, tuple[Value, ...]]],
) -> dict[str, tuple[Value, ...]]:
    """Assumptions by fact; several about one fact hold together.

    Raises:
        UsageError: If they exclude one another.
    """
    joined: dict[str, tuple[Value, ...]] = {}
    for path, values in assumptions:
        left = tuple(value for value in joined.get(path, values) if value in values)
        if not left:
            raise UsageError(f"`--assume {path}`: the assumptions exclude one another")
        joined[path] = left
    return joined


NAMES = Names("name", _offered, files=True)
ASSUMPTION = Name(
    "assumption", lambda history: (f"{fact.path}=" for fact in history.vocabulary), _assumption
)


@declared("diff", together=_looked_up)
@argument("names", type=NAMES, metavar="OLD NEW [FACTS]...", nargs=-1)
@as_of_option("Compare the version in force on a day; twice for both.", multiple=True)
@option("--detail", is_flag=True, help="Everything with reasons, regions and passages.")
@gates_option("Only this gate, in full; repeatable.")
@option(
    "--assume",
    multiple=True,
    type=ASSUMPTION,
    metavar="FACT=VALUE",
    help="Only situations in which a fact has a value, or one of several (A,B); repeatable.",
)
@option("--limit", type=Count(), metavar="N", help="Regions of a transition.")
@option("--unfold", is_flag=True, help="Put every condition that is named into facts.")
@option(
    "--expect",
    type=InputFile(),
    metavar="FILE",
    help="Check claims about the change; 1 if one fails.",
)
@option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@framework_option
@output_options
def command(
    names: _Sides,
    as_of: tuple[str, ...],
    detail: bool,
    gates: tuple[str, ...],
    assume: Mapping[str, tuple[Value, ...]],
    limit: int | None,
    unfold: bool,
    expect: str | None,
    exit_code: bool,
    history: Framework,
    form: str,
    output: str | None,
) -> ExitCode:
    """Compare two versions.

    Without FACTS: every situation in which they decide differently, then the commitments that
    changed, then what changes for the packaged models. With FACTS (files, - or packaged models):
    only what changes for these. With --gate or --assume: only the decisions. A day stands for the
    version that was in force on it.

    \b
    Examples:
      rsp diff v2.2 v3.0
      rsp diff v1.0 v3.4
      rsp diff --as-of 2025-05-22 --as-of 2026-03-01
      rsp diff v2.2 v3.0 --gate deploy --limit 3
      rsp diff v2.2 v3.0 --assume nuclear.basic_uplift=shown
      rsp diff v2.2 v3.0 claude-opus-4 --detail
      rsp diff v2.2 v3.0 --detail --format markdown -o v2.2-v3.0.md
      rsp diff v2.2 v3.0 --expect tests/claims/v2.2-v3.0.yaml
    """
    from rsp_policy.diff.report.comparison import Comparison, compare, compare_cases, complete_diff
    from rsp_policy.diff.report.comparison_report import comparison_blocks
    from rsp_policy.diff.report.memo import memo_blocks

    before, after = (history[name] for name in names.versions)
    facts = names.sheets
    if expect:
        return _claims(before, after, expect, assume, form, output)
    if facts:
        comparison = compare_cases(before, after, facts)
    elif gates or assume:
        decisions = complete_diff(before, after, assumed=assume, about=gates or None)
        comparison = Comparison(before, after, (), (), decisions)
    else:
        comparison = compare(before, after, models_by_date(history))
    if form == "markdown" and not (facts or gates or assume):
        blocks = list(memo_blocks(comparison, detail=detail, limit=limit, unfold=unfold))
    else:
        blocks = comparison_blocks(
            comparison, detail=detail, limit=limit, unfold=unfold, every_region=bool(gates)
        )
    write(form, output, comparison.as_json(limit) if form == "json" else None, blocks)
    if facts and not comparison.determined:
        return ExitCode.UNDETERMINED
    return ExitCode.FOUND if exit_code and not comparison.empty else ExitCode.OK


def models_by_date(history: Framework) -> list[FactSheet]:
    """The packaged fact sheets, oldest first."""
    sheets = [history.sheet(name) for name in history.models]
    return sorted(sheets, key=lambda sheet: (sheet.date or datetime.date.max, sheet.name))


def _value(kind: str, word: str) -> Value:
    if kind == "set":
        return [*filter(None, word.split("+"))]
    if kind == "boolean" and word in ("true", "false"):
        return word == "true"
    if kind in ("number", "integer"):
        try:
            return float(word) if "." in word or "e" in word else int(word)
        except ValueError:
            return word
    return word


def _claims(
    before: PolicyVersion,
    after: PolicyVersion,
    file: str,
    assumed: Mapping[str, tuple[Value, ...]],
    form: str,
    output: str | None,
) -> ExitCode:
    from rsp_policy.diff.decisions.claims import check_claims
    from rsp_policy.diff.report.claims_report import claim_blocks, claims_json
    from rsp_policy.diff.report.comparison import complete_diff
    from rsp_policy.engine.files.documents import read

    document = read(file)
    diff = complete_diff(before, after, assumed=assumed)
    checked = check_claims(document, diff)
    write(form, output, claims_json(checked), claim_blocks(checked, diff))
    failed = any(item.counterexample for item in checked)
    return ExitCode.FOUND if failed else ExitCode.OK

"""`rsp diff`: what one version changes against another."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.files.documents import Value

from . import ExitCode
from .options import as_of_option, framework_option, in_force, output_options, version_of, write

if TYPE_CHECKING:
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.framework.policy import Framework, PolicyVersion


@click.command("diff")
@click.argument("names", metavar="OLD NEW [FACTS]...", nargs=-1)
@as_of_option("Compare the version in force on a day; twice for both.", multiple=True)
@click.option("--detail", is_flag=True, help="Everything with reasons, regions and passages.")
@click.option(
    "--gate", "gates", multiple=True, metavar="GATE", help="Only this gate, in full; repeatable."
)
@click.option(
    "--assume",
    multiple=True,
    metavar="FACT=VALUE",
    help="Only situations in which a fact has a value, or one of several (A,B); repeatable.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Regions of a transition.")
@click.option("--unfold", is_flag=True, help="Put every condition that is named into facts.")
@click.option("--expect", metavar="FILE", help="Check claims about the change; 1 if one fails.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@framework_option
@output_options
def command(
    names: tuple[str, ...],
    as_of: tuple[datetime.datetime, ...],
    detail: bool,
    gates: tuple[str, ...],
    assume: tuple[str, ...],
    limit: int | None,
    unfold: bool,
    expect: str | None,
    exit_code: bool,
    framework: str | None,
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
    from rsp_policy.engine.framework.loading import load_framework

    taken = max(2 - len(as_of), 0)
    versions, facts = names[:taken], names[taken:]
    if len(versions) + len(as_of) != 2:
        raise UsageError("two versions are compared: OLD and NEW, or a day of --as-of for either")
    if facts and (gates or assume or expect):
        raise UsageError("FACTS do not go with --gate, --assume or --expect")
    history = load_framework(framework)
    both = [version_of(history, name) for name in versions]
    both += [in_force(history, day) for day in as_of]
    before, after = (history[name] for name in both)
    for gate in gates:
        history.scales.gate(gate)
    assumed = assumptions(history, assume)
    if expect:
        return _claims(before, after, expect, assumed, form, output)
    if facts:
        sheets = [history.sheet(source) for source in facts]
        comparison = compare_cases(before, after, sheets)
    elif gates or assume:
        decisions = complete_diff(before, after, assumed=assumed, about=gates or None)
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


def assumptions(history: Framework, given: Sequence[str]) -> dict[str, tuple[Value, ...]]:
    """Facts with the values that they are taken to have, from `FACT=VALUE,VALUE`.

    The members of a set are joined by `+`; `FACT=` is the empty set.

    Raises:
        UsageError: If an assumption is not of that form, or assumptions exclude one another.
        UnknownNameError: If there is no such fact.
    """
    assumed: dict[str, tuple[Value, ...]] = {}
    for text in given:
        path, equals, words = text.partition("=")
        if not equals:
            raise UsageError(f"`{text}` is no assumption; FACT=VALUE is wanted")
        fact = history.vocabulary[path]
        values = tuple(_value(fact.kind, word) for word in words.split(","))
        if path in assumed:
            values = tuple(value for value in assumed[path] if value in values)
            if not values:
                raise UsageError(f"--assume {path}: the assumptions exclude one another")
        assumed[path] = values
    return assumed


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
    assumed: dict[str, tuple[Value, ...]],
    form: str,
    output: str | None,
) -> ExitCode:
    from rsp_policy.diff.decisions.claims import check_claims
    from rsp_policy.diff.report.claims_report import claim_blocks, claims_json
    from rsp_policy.diff.report.comparison import complete_diff
    from rsp_policy.engine.files.documents import read

    document = read(file if file == "-" else Path(file))
    diff = complete_diff(before, after, assumed=assumed)
    checked = check_claims(document, diff)
    write(form, output, claims_json(checked), claim_blocks(checked, diff))
    failed = any(item.counterexample for item in checked)
    return ExitCode.FOUND if failed else ExitCode.OK

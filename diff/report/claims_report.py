"""Checked claims as a report and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rsp_policy.diff.decisions.claims import Checked, Counterexample
from rsp_policy.diff.decisions.complete import CompleteDiff
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.report.blocks import Block, Heading, Items, Text

from .decision_diff_report import share, witness_text


def claim_blocks(checked: Sequence[Checked], diff: CompleteDiff) -> list[Block]:
    """Each claim with what became of it, and a counterexample where it fails."""
    title = f"Claims about {diff.old.name} to {diff.new.name}"
    failed = [item for item in checked if item.counterexample]
    lines = [
        f"{'FAILS' if item.counterexample else 'holds'}  {item.claim.says} ({item.claim.place})"
        for item in checked
    ]
    blocks: list[Block] = [Heading(title, 1), Items(tuple(lines))]
    for item in failed:
        assert item.counterexample is not None
        blocks += [Heading(item.claim.says), *_counterexample(item.counterexample, diff)]
    count = len(checked) - len(failed)
    return [*blocks, Text(f"{count} hold, {len(failed)} fail")]


def _counterexample(found: Counterexample, diff: CompleteDiff) -> list[Block]:
    text = (
        f"{found.question}: {found.source} -> {found.target}; the claim fails in "
        f"{share(found.situations, found.whole)} of situations, most plainly with:"
    )
    return [Text(text), Items((witness_text(diff, found.witness),))]


def claims_json(checked: Sequence[Checked]) -> dict[str, Value]:
    """Checked claims in the stable form `rsp.claims/1`."""
    return {"schema": "rsp.claims/1", "claims": [_claim(item) for item in checked]}


def _claim(item: Checked) -> Value:
    found = item.counterexample
    value: dict[str, Value] = {
        "says": item.claim.says,
        "place": item.claim.place,
        "holds": found is None,
    }
    if found:
        value["counterexample"] = {
            "question": found.question,
            "from": found.source,
            "to": found.target,
            "situations": str(found.situations),
            "witness": dict(found.witness),
        }
    return value

"""One fact sheet through all versions: verdicts, standards, and where they turn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rsp_policy.engine.decision.decisions import Decision
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.framework.policy import Framework
from rsp_policy.engine.records.versions import Version


@dataclass(frozen=True, slots=True)
class Timeline:
    """What every version decides about one fact sheet.

    Attributes:
        in_force: The version in force on the date of the sheet; empty where it has none.
    """

    sheet: FactSheet
    decisions: tuple[tuple[Version, Decision], ...]
    in_force: str

    @property
    def turns(self) -> tuple[tuple[Version, tuple[str, ...]], ...]:
        """The versions that change a verdict, each with the gates whose verdict it changes."""
        found = []
        for (_, old), (version, new) in pairwise(self.decisions):
            pairs = zip(old.gates, new.gates, strict=True)
            changed = tuple(now.gate for was, now in pairs if was.possible != now.possible)
            if changed:
                found.append((version, changed))
        return tuple(found)

    @property
    def determined(self) -> bool:
        """Whether every verdict is determined."""
        return all(gate.determined for _, item in self.decisions for gate in item.gates)


def timeline(history: Framework, sheet: FactSheet) -> Timeline:
    """Decide a sheet under every version."""
    decisions = tuple((part.version, part.decide(sheet)) for part in history.slices())
    versions = [version for version in history.versions if sheet.date is not None]
    in_force = [v.id for v in versions if sheet.date is not None and v.effective <= sheet.date]
    return Timeline(sheet, decisions, in_force[-1] if in_force else "")

"""Timelines for people: a table with reasons, and a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rsp_policy.diff.sheets.timeline import Timeline
from rsp_policy.engine.decision.decisions import UNDETERMINED, Decision
from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.files.writing import write_result
from rsp_policy.engine.records.history import History
from rsp_policy.engine.records.versions import Version
from rsp_policy.engine.report.blocks import Block, Heading, Items, Table, Text
from rsp_policy.engine.report.decision_report import ASSUMED, gate_because
from rsp_policy.engine.report.escaping import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#4a90c2", "#e8c24a", "#d9774a", "#8c2d3f")
"""From the mildest verdict to the strictest, told apart by people who do not see all colours as
well as by lightness; more verdicts, or fewer, stand evenly between the first and the last."""

_UNDETERMINED = "#bdbdbd"

CHARTS = (".svg", ".png")

_NOTE = "in force on the date of the sheet. Level of standards: deployment/security, or both."


def timeline_blocks(history: History, found: Timeline) -> list[Block]:
    """The verdicts of every version, and the reasons wherever they change."""
    sheet = found.sheet
    dated = f", {sheet.date}" if sheet.date else ""
    blocks: list[Block] = [
        Heading(f"{sheet.model or sheet.name}{dated}: {len(found.decisions)} versions", 1)
    ]
    gates = list(history.scales.gates)
    rows = [_row(version, decision, found.in_force) for version, decision in found.decisions]
    headers = ("version", "effective", *(gate.replace("_", " ") for gate in gates), "level")
    blocks.append(Table(headers, tuple(rows)))
    if found.in_force:
        blocks.append(Text(f"< {_NOTE}"))
    first, decision = found.decisions[0]
    blocks += _reasons(f"{first.id} decides", decision, gates)
    for version, changed in found.turns:
        decision = next(item for other, item in found.decisions if other == version)
        blocks += _reasons(f"{version.id} changes the answer", decision, changed)
    if any(r.assumed for _, item in found.decisions for g in item.gates for r in g.because):
        blocks.append(Text(ASSUMED))
    return blocks


def timeline_json(found: Timeline) -> dict[str, Value]:
    """A timeline in the stable form `rsp.timeline/1`."""
    return {
        "schema": "rsp.timeline/1",
        "sheet": found.sheet.name,
        "in_force": found.in_force or None,
        "versions": [
            {
                "version": version.id,
                "effective": version.effective.isoformat(),
                "gates": {
                    gate.gate: {"verdict": gate.verdict, "possible": list(gate.possible)}
                    for gate in decision.gates
                },
                "standards": dict(decision.standards),
            }
            for version, decision in found.decisions
        ],
        "turns": [{"version": version.id, "gates": list(gates)} for version, gates in found.turns],
    }


def draw(history: History, found: Timeline, file: str) -> None:
    """Draw a timeline as an SVG or PNG file, which is there whole or not at all.

    Raises:
        UsageError: If the name ends otherwise, or matplotlib is missing.
        OutputError: If it cannot be written.
    """
    import io
    from pathlib import Path

    suffix = Path(file).suffix.lower()
    if suffix not in CHARTS:
        raise UsageError(f"`{file}`: a chart ends in {' or '.join(CHARTS)}")
    try:
        import matplotlib
    except ImportError:
        raise UsageError("a chart needs matplotlib: `pip install matplotlib`") from None
    matplotlib.use("Agg")
    matplotlib.rcParams["text.parse_math"] = False  # a name with dollars is no formula
    matplotlib.rcParams["svg.hashsalt"] = "rsp-policy"  # the same picture, the same bytes
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(10, 3.6), layout="constrained")
    _picture(history, found, axes)
    drawn = io.BytesIO()
    try:
        dated = {"Date": None} if suffix == ".svg" else {}
        figure.savefig(drawn, format=suffix[1:], dpi=160, metadata=dated)
    finally:
        pyplot.close(figure)
    write_result(file, drawn.getvalue())


def _colours(verdicts: Sequence[str]) -> dict[str, str]:
    """A colour for each verdict."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    scale = LinearSegmentedColormap.from_list("verdicts", COLOURS, N=3 * 4 * 5 * 7 * 8 + 1)
    last = max(len(verdicts) - 1, 1)
    return {verdict: to_hex(scale(index / last)) for index, verdict in enumerate(verdicts)}


def _dark(colour: str) -> bool:
    """Whether white words are read better on a colour than black ones."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.65  # luma, ITU-R BT.601


def _picture(history: History, found: Timeline, axes: Axes) -> None:
    """A row for each gate, a column for each version; a column has the same width for all."""
    from matplotlib.patches import Patch, Rectangle

    gates = list(history.scales.gates)
    colours = {**_colours(tuple(history.scales.verdicts)), UNDETERMINED: _UNDETERMINED}
    for column, (_, decision) in enumerate(found.decisions):
        for gate in decision.gates:
            row = gates.index(gate.gate)
            word = gate.verdict if gate.determined else "\nor ".join(gate.possible)
            colour = colours[gate.verdict]
            box = Rectangle((column, row), 1, 1, facecolor=colour, edgecolor="white")
            axes.add_patch(box)
            axes.text(
                column + 0.5,
                row + 0.5,
                word,
                ha="center",
                va="center",
                fontsize=8,
                color="white" if _dark(colour) else "black",
            )
    names = [f"{version.id}\n{version.effective}" for version, _ in found.decisions]
    marked = [version.id == found.in_force for version, _ in found.decisions]
    axes.set(xlim=(0, len(names)), ylim=(len(gates), 0))
    axes.set_xticks([index + 0.5 for index in range(len(names))], names, fontsize=8)
    axes.set_yticks(
        [index + 0.5 for index in range(len(gates))], [gate.replace("_", " ") for gate in gates]
    )
    axes.tick_params(length=0)
    axes.xaxis.tick_top()
    for label, bold in zip(axes.get_xticklabels(), marked, strict=True):
        label.set_fontweight("bold" if bold else "normal")
    for spine in axes.spines.values():
        spine.set_visible(False)
    if found.in_force:
        column = marked.index(True)
        axes.add_patch(Rectangle((column, 0), 1, len(gates), fill=False, lw=2, edgecolor="black"))
    sheet = found.sheet
    dated = f", {sheet.date} (framed: the version then in force)" if found.in_force else ""
    axes.set_title(visible(f"{sheet.model or sheet.name}{dated}"), loc="left", fontsize=10, pad=12)
    shown = [gate.verdict for _, decision in found.decisions for gate in decision.gates]
    patches = [Patch(color=colour, label=name) for name, colour in colours.items() if name in shown]
    axes.legend(
        handles=patches,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.02),
        ncols=len(patches),
        frameon=False,
        fontsize=8,
    )


def _row(version: Version, decision: Decision, in_force: str) -> tuple[str, ...]:
    standards: Mapping[str, str] = dict(decision.standards)
    levels = "/".join(dict.fromkeys(standards.values()))
    mark = " <" if version.id == in_force else ""
    verdicts = (" or ".join(gate.possible) for gate in decision.gates)
    return f"{version.id}{mark}", version.effective.isoformat(), *verdicts, levels or "none"


def _reasons(heading: str, decision: Decision, gates: object) -> Iterator[Block]:
    assert isinstance(gates, list | tuple)
    yield Heading(heading)
    yield Items(
        tuple(
            f"{item.gate.replace('_', ' ')} {' or '.join(item.possible)}: {gate_because(item)}"
            for item in decision.gates
            if item.gate in gates
        )
    )

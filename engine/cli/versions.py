"""`rsp versions`: the history of the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rsp_policy.engine.report.blocks import Block, Heading, Table, Text

from .options import as_of_option, framework_option, output_options, write
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.framework.policy import Framework


@declared("versions")
@as_of_option("Only the version in force on a day.")
@framework_option
@output_options
def command(as_of: str | None, history: Framework, form: str, output: str | None) -> None:
    """List the published versions and which are encoded.

    \b
    Example:
      rsp versions --as-of 2025-05-22
    """
    versions = history.versions if as_of is None else (history.version(as_of),)
    slices = {part.id: part for part in history.slices()}
    rows = []
    items = []
    for version in versions:
        part = slices.get(version.id)
        until = version.until.isoformat() if version.until else ""
        count = str(len(part)) if part else "not encoded"
        rows.append((version.id, version.effective.isoformat(), until, str(version.pages), count))
        items.append(
            {
                "id": version.id,
                "effective": version.effective.isoformat(),
                "in_force_until": until or None,
                "pages": version.pages,
                "document": version.document,
                "sha256": version.sha256,
                "commitments": len(part) if part else None,
            }
        )
    blocks: list[Block] = [
        Heading(f"{history.title} ({history.developer})", 1),
        Table(("version", "effective", "in force until", "pages", "commitments"), tuple(rows)),
    ]
    if as_of is None and history.unpublished:
        names = ", ".join(history.unpublished)
        blocks.append(Text(f"Never published, though some sources name them: {names}."))
    value = {"schema": "rsp.versions/1", "framework": history.id, "versions": items}
    write(form, output, value, blocks)  # type: ignore[arg-type]

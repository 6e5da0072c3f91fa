"""`rsp test`: cases and Rego tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.report.blocks import Block, Heading, Items, Text

from . import ExitCode
from .names import CASES
from .options import framework_option, output_options, write
from .parameters import argument
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.framework.cases import Case
    from rsp_policy.engine.framework.policy import Framework


@declared("test")
@argument("cases", type=CASES, nargs=-1)
@framework_option
@output_options
def command(
    cases: tuple[tuple[Case, ...], ...], history: Framework, form: str, output: str | None
) -> ExitCode:
    """Run cases and the tests beside the rules.

    CASES are files, or folders of files, that say what must be decided. Without CASES: what was
    announced about the packaged models, and the Rego tests that stand beside the rules.

    \b
    Examples:
      rsp test
      rsp test tests/cases my-cases.yaml
    """
    from rsp_policy.engine.framework.cases import announced, run_case
    from rsp_policy.engine.framework.rule_tests import run_rule_tests

    chosen = [case for file in cases for case in file]
    results = [run_case(case, history) for case in chosen or announced(history)]
    rego = () if cases else run_rule_tests(history)
    failures = [
        f"{item.case.place}: {item.case.name}: {text}" for item in results for text in item.failures
    ]
    failures += [f"{r.file}:{r.line}: {r.name}: {r.message}" for r in rego if not r.passed]
    skipped = [f"{item.case.name}: {item.skipped}" for item in results if item.skipped]
    failed = sum(bool(item.failures) for item in results) + sum(not r.passed for r in rego)
    passed = len(results) + len(rego) - failed - len(skipped)
    value: Value = {
        "schema": "rsp.test/1",
        "passed": passed,
        "failed": failed,
        "failures": list[Value](failures),
        "skipped": list[Value](skipped),
    }
    blocks: list[Block] = []
    if failures:
        blocks += [Heading("Failures"), Items(tuple(failures))]
    if skipped:
        blocks += [Heading("Not run"), Items(tuple(skipped))]
    blocks.append(Text(f"{passed} passed, {failed} failed, {len(skipped)} skipped"))
    write(form, output, value, blocks)
    return ExitCode.FOUND if failed else ExitCode.OK

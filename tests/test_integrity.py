"""A framework that does not hold together is refused, all problems at once."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rsp_policy.engine import InvalidFileError, NotEncodedError, RuleError, load
from rsp_policy.engine.files.shipped import shipped

from conftest import Result


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packaged framework, with its rules inside."""
    folder = tmp_path / "rsp"
    shutil.copytree(shipped("policies", "rsp"), folder)
    shutil.copytree(shipped("rules", "rsp"), folder / "rules")
    return folder


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def problems(folder: Path) -> list[str]:
    with pytest.raises(InvalidFileError) as caught:
        load(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_the_copy_is_sound(copy: Path) -> None:
    assert load(copy).encoded == load().encoded


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("commitments/roadmap/ambition.yaml", "done: roadmap.goals_not_lowered",
         "done: roadmap.goals_not_lowred", "unknown fact `roadmap.goals_not_lowred`; did you mean"),
        ("commitments/roadmap/ambition.yaml", "when: always", "when: allways",
         "unknown condition `allways`; did you mean `always`?"),
        ("commitments/roadmap/ambition.yaml", "actor: developer", "actor: devloper",
         "unknown actor `devloper`; did you mean `developer`?"),
        ("commitments/roadmap/ambition.yaml", "version: v3.0", "version: v2.9",
         "unknown version `v2.9`"),
        ("commitments/roadmap/publication.yaml", "transparency/safeguards_plans",
         "transparency/safeguard_plans", "unknown commitment `transparency/safeguard_plans`"),
        ("commitments/reports/cadence.yaml", "max_months: 6", "maximum_months: 6",
         "the term `maximum_months` has no unit and polarity"),
        ("commitments/reports/cadence.yaml", "max_months: 6", "max_months: six",
         "the term `max_months` does not fit its unit `months`"),
        ("commitments/governance/policy_change_publication.yaml", "  change:\n", "  xchange:\n",
         "unknown key `xchange`; did you mean `change`?"),
        ("commitments/thresholds/basic_cbrn_uplift.yaml", "    because: >-\n      Radiological",
         "    direction: strengthened\n    because: >-\n      Radiological",
         "the direction is stated as `strengthened`; force and terms make it `weakened`"),
        ("commitments/outcomes/delete_weights.yaml", "ended: true",
         "ended: true\n  moved_to: outcomes/delete_weights",
         "`moved_to` leads in a circle"),
        ("framework.yaml", "effective: 2024-10-15", "effective: 2024-10-16",
         "`v1.0` must be in force until 2024-10-15, the day before"),
        ("framework.yaml", "id: v2.0", "id: v2 0", "is not the id of a version"),
        ("terms.yaml", "polarity: lower_is_stricter", "polarity: lower_is_strict",
         "did you mean `lower_is_stricter`?"),
        ("rules/conditions/deployment.rego", "package conditions", "package condition",
         "the package is `condition` where the path asks for `conditions`"),
    ],
)  # fmt: skip
def test_a_broken_framework_is_refused_with_file_and_line(
    copy: Path, file: str, old: str, new: str, message: str
) -> None:
    edit(copy, file, old, new)
    found = [line for line in problems(copy) if message in line]
    assert found
    assert found[0].startswith(f"{file}:")


def test_a_published_version_that_is_not_encoded_is_answered_as_such(copy: Path) -> None:
    last = "  - id: v3.5\n    because:"
    edit(copy, "framework.yaml", last, "  - id: v3.6\n    because:")
    newest = "    effective: 2026-07-08\n"
    edit(copy, "framework.yaml", newest, f"{newest}    in_force_until: 2026-12-31\n")
    text = (copy / "framework.yaml").read_text()
    added = """  - id: v3.5
    effective: 2027-01-01
    document: https://example.org/v3.5.pdf
    pages: 1
    sha256: "{}"
""".format("0" * 64)
    (copy / "framework.yaml").write_text(text.replace("unpublished:\n", f"{added}unpublished:\n"))
    with pytest.raises(NotEncodedError, match=r"are not encoded; encoded: v1\.0"):
        load(copy)["v3.5"]


def test_all_problems_come_at_once(copy: Path) -> None:
    edit(copy, "commitments/roadmap/ambition.yaml", "when: always", "when: allways")
    edit(copy, "commitments/roadmap/archive.yaml", "actor: developer", "actor: nobody")
    assert len(problems(copy)) == 2


def test_files_that_cannot_be_read_hide_nothing_in_the_others(copy: Path) -> None:
    """One mistake of every kind, each reported with its file and line, all at once."""
    edits = {
        "commitments/governance/policy_change_publication.yaml": ("version: v3.0", "version: v1.0"),
        "commitments/roadmap/ambition.yaml": ("version: v3.0", "version: v2.9"),
        "commitments/thresholds/basic_cbrn_uplift.yaml": (
            "    because: >-\n      Radiological",
            "    direction: strengthened\n    because: >-\n      Radiological",
        ),
        "commitments/outcomes/delete_weights.yaml": (
            "ended: true", "ended: true\n  moved_to: outcomes/delete_weights"
        ),
        "commitments/reports/cadence.yaml": ("max_months: 6", "maximum_months: 6"),
    }  # fmt: skip
    for file, (old, new) in edits.items():
        edit(copy, file, old, new)
    unexplained = copy / "commitments/assessment/notably_more_capable.yaml"
    unexplained.write_text(unexplained.read_text().rpartition("  change:\n")[0])
    (copy / "commitments/competitors/clear_lead.yaml").unlink()
    (copy / "rules/competitors/strong_competitors.rego").unlink()
    found = problems(copy)
    for message in (
        "`v1.0` does not come after",
        "unknown version `v2.9`",
        "`change` is missing",
        "force and terms make it `weakened`",
        "`moved_to` leads in a circle",
        "`maximum_months` has no unit and polarity",
        "a rule for `competitors/clear_lead`, which is no commitment",
        "competitors/strong_competitors v3.0: no rule executes it",
    ):
        line = next((line for line in found if message in line), "")
        assert re.match(r"\S+:\d+: ", line), message


def test_a_place_belongs_to_a_commitment_that_stands(copy: Path) -> None:
    edit(copy, "places/v3.0.yaml", "roadmap/archive:", "roadmap/archives:")
    found = problems(copy)
    assert any(
        re.match(r"places/v3.0.yaml:\d+: roadmap/archives: unknown commitment .* did you", line)
        for line in found
    )
    assert any("no file in `places` says where v3.0 states it" in line for line in found)
    edit(copy, "places/v3.0.yaml", "roadmap/archives:", "roadmap/archive:")
    line = "roadmap/archive: {section: '1', page: 1}\n"
    with (copy / "places/v2.2.yaml").open("a") as file:
        file.write(line)
    assert [found.partition(": ")[2] for found in problems(copy)] == [
        "roadmap/archive: it does not stand in v2.2"
    ]


def test_a_place_that_a_version_does_not_confirm_is_that_of_the_one_before(copy: Path) -> None:
    edit(copy, "places/v3.1.yaml", "roadmap/archive:", "# roadmap/archive:")
    history = load(copy)
    before, after = (history[name]["roadmap/archive"] for name in ("v3.0", "v3.1"))
    assert (after.place, after.confirmed) == (before.place, False)
    assert before.confirmed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"verdict": "closed"', '"verdict": "closd"',
         "unknown verdict `closd`; did you mean `closed`?"),
        ('"verdict": "closed"', '"verdct": "closed"',
         "unknown key `verdct` in a finding; did you mean `verdict`?"),
        ('"gate": gate', '"gate": "deply"', "unknown gate `deply`; did you mean `deploy`?"),
    ],
)  # fmt: skip
def test_a_word_that_is_on_no_scale_is_refused_with_its_line(
    copy: Path, old: str, new: str, message: str
) -> None:
    edit(copy, "rules/outcomes/deploy_or_store.rego", old, new)
    (problem,) = problems(copy)
    assert re.match(r"rules/outcomes/deploy_or_store.rego:\d+: ", problem)
    assert message in problem


def test_a_word_that_a_record_gives_is_refused_when_the_rules_are_lifted(copy: Path) -> None:
    rule = copy / "rules/outcomes/deploy_or_store.rego"
    text = rule.read_text()
    rule.write_text(
        text.replace('"verdict": "closed"', '"verdict": _word', 1) + '\n_word := lower("SHUT")\n'
    )
    with pytest.raises(RuleError, match=r"unknown verdict `shut`; known: open"):
        _ = load(copy)["v2.2"].circuit


def test_a_rule_and_its_commitment_belong_together(copy: Path) -> None:
    (copy / "commitments/outcomes/delete_weights.yaml").unlink()
    assert any("a rule for `outcomes/delete_weights`" in line for line in problems(copy))


def test_a_commitment_without_rule_or_reason_is_refused(copy: Path) -> None:
    (copy / "rules/outcomes/delete_weights.rego").unlink()
    (copy / "rules/outcomes/delete_weights_test.rego").unlink()
    assert any("no rule executes it" in line for line in problems(copy))


def test_a_rule_without_a_test_is_refused(copy: Path) -> None:
    (copy / "rules/outcomes/delete_weights_test.rego").unlink()
    assert any("no test stands beside this rule" in line for line in problems(copy))


def test_rules_that_do_not_compile_are_refused_with_file_and_line(
    copy: Path, rsp: Callable[..., Result]
) -> None:
    edit(copy, "rules/conditions/always.rego", "always := true", "always := {{")
    with pytest.raises(RuleError, match=r"always\.rego:\d+: "):
        _ = load(copy)["v3.0"].program
    result = rsp("check", "--framework", str(copy))
    assert result.code == 2
    assert "always.rego:" in result.err


def test_rules_that_crash_the_compiler_do_no_harm(copy: Path) -> None:
    path = copy / "rules/outcomes/delete_weights.rego"
    crash = "\ndefault crash := 1\ndefault crash := 2\ncrash := 3 if " + "[" * 20_000 + "]" * 20_000
    path.write_text(path.read_text() + crash)
    with pytest.raises(RuleError):
        _ = load(copy)["v3.0"].program


@pytest.mark.parametrize("order", ["numpy, rules, re2", "re2, rules"])
def test_rules_compile_beside_other_libraries_in_c_plus_plus(order: str) -> None:
    script = """
import importlib, sys
from rsp_policy.engine.rego.child import plan_text_here
for name in sys.argv[1].split(", "):
    if name == "rules":
        for number in range(9):
            text = f"package t\\n\\np := regex.find_n(`a+{number}`, `ba{number}`, -1)\\n"
            plan_text_here({"t.rego": text}, ["t/p"], {})
    elif name == "re2":
        for number in range(99):
            importlib.import_module(name).compile(f"[a-z]+{number}").search("b")
    else:
        importlib.import_module(name)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, order], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_is_no_framework_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFileError, match=r"no `framework\.yaml` here"):
        load(tmp_path)


def test_rego_tests_of_another_framework_run_in_a_process_of_their_own(
    copy: Path, rsp: Callable[..., Result]
) -> None:
    for file in (copy / "rules").rglob("*_test.rego"):
        if file.parent.name != "outcomes":  # the tests of one folder show it
            file.write_text(re.search(r"^package .*\n", file.read_text(), re.MULTILINE)[0])  # type: ignore[index]
    assert rsp("test", "--framework", str(copy)).code == 0
    path = copy / "rules/outcomes/delete_weights_test.rego"
    path.write_text(path.read_text().replace('"reversed"', '"closed"'))
    assert rsp("test", "--framework", str(copy)).code == 1
    path.write_text(path.read_text() + "\ntest_crash if " + "[" * 20_000 + "]" * 20_000 + "\n")
    result = rsp("test", "--framework", str(copy))
    assert result.code == 2
    assert result.err.startswith("error: ")

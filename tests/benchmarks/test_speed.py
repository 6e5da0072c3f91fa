"""How fast decisions and complete diffs are, against peers in the same run.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks`. Figures are printed; only ratios between
things measured in one run are asserted, because machines are noisy.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import pytest

from rsp_policy.diff import complete_diff
from rsp_policy.engine import History, load
from rsp_policy.engine.circuit.lifting import Lifting, lift
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.framework.policy import ENTRY
from rsp_policy.engine.framework.rule_data import slice_data

import regorus

pytestmark = pytest.mark.benchmark

SHEET = "claude-opus-4"


def best(work: Callable[[], object], rounds: int) -> float:
    """The least of some timings in seconds: noise only ever adds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.fixture(scope="module")
def loaded() -> History:
    return load()


@pytest.mark.regorus
@pytest.mark.parametrize("version", load().encoded)
def test_a_decision_by_the_circuit_is_faster_than_by_its_peers(
    loaded: History, version: str
) -> None:
    part = loaded[version]
    values = dict(loaded.sheet(SHEET).complete(loaded.vocabulary).values)
    facts = nested(values)
    engine = regorus.engine(loaded.rule_set.texts, slice_data(part))
    rule = "data.lib.decision.decision"
    part.decider(values)
    ours, theirs, slow = [], [], []
    for _ in range(5):
        ours.append(best(lambda: part.decider(values), 50))
        theirs.append(best(lambda: regorus.evaluate(engine, rule, facts), 5))
        slow.append(best(lambda: part.program.evaluate(facts), 1))
    circuit, peer, regopy = median(ours), median(theirs), median(slow)
    whole = best(lambda: part.decide(loaded.sheet(SHEET)), 10)
    print(
        f"\n{version}: circuit {circuit * 1e6:.0f} us, Regorus {peer * 1e6:.0f} us "
        f"({peer / circuit:.0f} times), regopy {regopy * 1e6:.0f} us "
        f"({regopy / circuit:.0f} times); with reading the sheet and reasons in words "
        f"{whole * 1e3:.1f} ms"
    )
    assert peer / circuit >= 10
    assert regopy / circuit >= 50


def test_lifting_and_the_complete_diff(loaded: History) -> None:
    start = time.perf_counter()
    shared = Lifting.of(loaded.rule_set.texts, loaded.vocabulary, ENTRY)
    compiled = time.perf_counter()
    print(f"\ncompiling the rules in a child process: {compiled - start:.2f} s")
    for part in loaded.slices():
        data = slice_data(part)
        start = time.perf_counter()
        circuit = lift(shared, data)
        took = time.perf_counter() - start
        print(f"lifting {part.id}: {took:.2f} s, {len(circuit)} formulas")


def test_the_complete_diff_from_files_to_regions() -> None:
    script = (
        "import time; start = time.perf_counter()\n"
        "from rsp_policy import diff, engine\n"
        "history = engine.load(); old, new = history['v2.2'], history['v3.0']\n"
        "old.circuit, new.circuit; lifted = time.perf_counter()\n"
        "found = diff.complete_diff(old, new); counted = time.perf_counter()\n"
        "n = sum(len(t.regions) for q in found.questions for t in q.transitions)\n"
        "end = time.perf_counter()\n"
        "status = open('/proc/self/status').read()\n"
        "peak = int(status.split('VmHWM:')[1].split()[0]) / 1024\n"
        "print(f'{end - start:.2f} s in all; diagrams and counts {counted - lifted:.2f} s;'\n"
        "      f' {n} regions with witnesses; {peak:.0f} MB')"
    )
    environment = {"RSP_POLICY_CACHE": "off", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    print(f"\ncomplete diff v2.2 to v3.0, no cache: {done.stdout.strip()}")


def test_the_complete_diff_against_brute_force(loaded: History) -> None:
    """On a space of a dozen free facts, of which brute force decides every sheet twice."""
    old, new = loaded["v2.2"], loaded["v3.0"]
    free = [
        "biological.basic_uplift",
        "nuclear.basic_uplift",
        "asl3_security.monitoring",
        "asl3_deployment.monitoring",
        "deployment.public",
        "assessment.comprehensive_completed",
    ]
    base = dict(loaded.sheet(SHEET).complete(loaded.vocabulary).values)
    assumed = {path: (value,) for path, value in base.items() if path not in free}
    choices = [
        (False, True)
        if loaded.vocabulary[path].kind == "boolean"
        else loaded.vocabulary[path].values
        for path in free
    ]
    sheets = [
        base | dict(zip(free, combination, strict=True))
        for combination in itertools.product(*choices)
    ]
    complete_diff(old, new)
    ours = best(lambda: complete_diff(old, new, assumed=assumed).changed, 2)
    few = sheets[:8]
    each = best(lambda: [p.program.evaluate(nested(s)) for s in few for p in (old, new)], 1) / len(
        few
    )
    whole = each * len(sheets)
    print(
        f"\n{len(sheets)} sheets by regopy: {whole:.1f} s; complete diff of the same space: "
        f"{ours:.2f} s, {whole / ours:.0f} times faster"
    )
    assert whole > ours

"""The cache changes how long an answer takes, and never the answer."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rsp_policy import engine
from rsp_policy.engine import History, InvalidFileError, load
from rsp_policy.engine.files import cache as caches
from rsp_policy.engine.files.cache import MAX_STATES, Cache
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.files.shipped import shipped
from rsp_policy.engine.rego import planner

SHEET = "claude-opus-4"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("RSP_POLICY_CACHE", str(folder))
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one file that counts."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.yaml").write_text("a: 1")
    return folder


@pytest.fixture
def framework(tmp_path: Path) -> Path:
    """A copy of the packaged framework, with its rules inside."""
    folder = tmp_path / "rsp"
    shutil.copytree(shipped("policies", "rsp"), folder)
    shutil.copytree(shipped("rules", "rsp"), folder / "rules")
    return folder


def recalled(folder: Path, *words: str) -> bool:
    """Whether a part of the cache of a folder was there already."""
    made = []
    cache = Cache([(folder, (".yaml",))], *words)
    assert cache.recall("part", lambda: made.append(1) or {"answer": 42}) == {"answer": 42}
    return not made


def states(root: Path) -> list[Path]:
    return sorted(root.iterdir()) if root.exists() else []


def parts(root: Path) -> list[Path]:
    return [file for file in sorted(root.rglob("*")) if file.is_file()]


def decisions(history: History) -> Iterator[dict[str, Value]]:
    for model in history.models:
        for version in ("v1.0", "v2.2", "v3.4"):
            yield history[version].decide(history.sheet(model)).as_json()


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_decisions_are_the_same_without_a_cache_with_a_new_one_and_with_an_old_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = list(decisions(load())), list(decisions(load()))
    monkeypatch.setenv("RSP_POLICY_CACHE", "off")
    assert list(decisions(load())) == new == old


def test_what_is_recalled_equals_what_was_read(root: Path) -> None:
    read, recalled = load(), load()
    assert read.commitments is not recalled.commitments
    for name in ("folder", "rules", "title", "versions", "scales", "terms", "vocabulary"):
        assert getattr(read, name) == getattr(recalled, name)
    assert read.commitments == recalled.commitments
    assert read.rule_set.modules == recalled.rule_set.modules
    assert read.rule_set.tests == recalled.rule_set.tests
    for part in read.slices():
        assert part.reads == recalled[part.id].reads == part.circuit.reads()


def test_a_second_decision_neither_reads_nor_lifts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this was in the cache")

    history = load()
    first = history["v2.2"].decide(history.sheet(SHEET))
    monkeypatch.setattr("rsp_policy.engine.framework.policy.read", refuse)
    monkeypatch.setattr("rsp_policy.engine.circuit.lifting.lift", refuse)
    monkeypatch.setattr("rsp_policy.engine.rego.sources._module", refuse)
    history = load()
    assert history["v2.2"].decide(history.sheet(SHEET)) == first


def test_a_changed_record_is_seen(root: Path, framework: Path) -> None:
    assert load(framework).title == load(framework).title == "Responsible Scaling Policy"
    replace(framework / "framework.yaml", "Responsible Scaling Policy", "Irresponsible One")
    assert load(framework).title == "Irresponsible One"


def test_a_changed_rule_is_seen(root: Path, framework: Path) -> None:
    def reasons() -> str:
        history = load(framework)
        return str(history["v2.2"].decide(history.sheet(SHEET)).as_json())

    assert "are far (" not in reasons()
    assert "the next thresholds are far" in reasons()
    rule = framework / "rules" / "outcomes" / "deploy_or_store.rego"
    replace(rule, "the next thresholds are far", "the next thresholds are not")
    assert "the next thresholds are not" in reasons()


def test_a_changed_sheet_is_seen_by_a_history_that_is_loaded(root: Path, framework: Path) -> None:
    history = load(framework)
    assert history.sheet(SHEET).model == history.sheet(SHEET).model == "Claude Opus 4"
    replace(framework / "models" / f"{SHEET}.yaml", "model: Claude Opus 4", "model: Another")
    assert history.sheet(SHEET).model == "Another"
    assert load(framework).sheet(SHEET).model == "Another"


def test_a_broken_framework_is_refused_every_time(root: Path, framework: Path) -> None:
    load(framework)
    replace(framework / "commitments/outcomes/redeploy.yaml", "actor: ", "actor: x")
    for _ in range(2):
        with pytest.raises(InvalidFileError):
            load(framework)


@pytest.mark.parametrize("change", ["text", "more", "fewer", "moved", "deep"])
def test_any_change_of_the_files_is_seen(root: Path, source: Path, change: str) -> None:
    assert not recalled(source)
    assert recalled(source)
    file = source / "a.yaml"
    before = file.stat()
    match change:
        case "text":  # of the same length, and with the time of modification set back
            file.write_text("a: 2")
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        case "more":
            (source / "b.yaml").write_text("")
        case "fewer":
            file.unlink()
        case "moved":
            file.rename(source / "b.yaml")
        case "deep":
            (source / "b" / "c").mkdir(parents=True)
            (source / "b" / "c" / "d.yaml").write_text("")
    assert not recalled(source)
    assert recalled(source)


def test_other_files_and_other_words_are_told_apart(root: Path, source: Path) -> None:
    assert not recalled(source, "one")
    assert not recalled(source, "two")
    (source / "notes.txt").write_text("of no account")
    assert recalled(source, "one")


def test_a_link_that_leads_back_means_that_nothing_is_kept(root: Path, source: Path) -> None:
    (source / "back").symlink_to(source)
    assert not recalled(source)
    assert not recalled(source)


def test_what_was_made_of_files_that_changed_meanwhile_is_not_kept(
    root: Path, source: Path
) -> None:
    def make() -> str:
        (source / "a.yaml").write_text("a: 33")
        return "of two states"

    cache = Cache([(source, (".yaml",))])
    assert cache.recall("part", make) == "of two states"
    assert cache.recall("part", lambda: "made again") == "made again"


class Unreadable:
    """A value whose pickle says so."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return _raise, ("no",)


def _raise(message: str) -> None:
    raise KeyError(message)


def whole(payload: bytes) -> bytes:
    return caches._digest(payload).encode() + payload


BROKEN = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-1],
    "one bit": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "noise": lambda data: bytes(range(256)) * 40,
    "no pickle": lambda data: whole(b"noise"),
    "refusing": lambda data: whole(pickle.dumps(Unreadable())),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_part_is_ignored_and_written_anew(root: Path, source: Path, name: str) -> None:
    recalled(source)
    (file,) = parts(root)
    good = file.read_bytes()
    file.write_bytes(BROKEN[name](good))
    assert not recalled(source)
    assert file.read_bytes() == good
    assert recalled(source)


def test_a_framework_loads_whichever_part_is_broken(root: Path) -> None:
    history = load()
    first = history["v2.2"].decide(history.sheet(SHEET))
    for file in parts(root):
        file.write_bytes(file.read_bytes()[:-10])
    history = load()
    assert history["v2.2"].decide(history.sheet(SHEET)) == first


def test_off_writes_nothing(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RSP_POLICY_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    assert not recalled(source)
    assert not recalled(source)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["source"]


@pytest.mark.parametrize(
    ("base", "folder"),
    [("xdg", "xdg/rsp-policy"), ("", "home/.cache/rsp-policy")],
)
def test_the_folder_follows_the_convention(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, base: str, folder: str
) -> None:
    monkeypatch.delenv("RSP_POLICY_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / base) if base else "")
    monkeypatch.chdir(tmp_path)
    recalled(source)
    assert recalled(source)
    assert len(states(tmp_path / folder)) == 1


def test_only_the_user_can_read_or_write(root: Path, source: Path) -> None:
    recalled(source)
    (state_folder,) = states(root)
    (part,) = parts(root)
    modes = [item.stat().st_mode & 0o777 for item in (root, state_folder, part)]
    assert modes == [0o700, 0o700, 0o600]


def test_a_part_that_others_can_write_is_not_read(root: Path, source: Path) -> None:
    recalled(source)
    (part,) = parts(root)
    part.chmod(0o620)
    assert not recalled(source)
    assert part.stat().st_mode & 0o777 == 0o600
    assert recalled(source)


def test_a_part_behind_a_link_is_not_read(root: Path, source: Path, tmp_path: Path) -> None:
    recalled(source)
    (part,) = parts(root)
    part.rename(tmp_path / "elsewhere")
    part.symlink_to(tmp_path / "elsewhere")
    assert not recalled(source)
    assert not part.is_symlink()


@pytest.mark.parametrize("depth", ["root", "entry"])
def test_a_folder_that_others_can_write_is_not_used(root: Path, source: Path, depth: str) -> None:
    recalled(source)
    folder = root if depth == "root" else states(root)[0]
    folder.chmod(0o777)
    assert not recalled(source)
    assert not recalled(source)


def test_what_belongs_to_somebody_else_is_not_read(
    root: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recalled(source)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert not recalled(source)
    assert not recalled(source)


def test_nothing_is_kept_where_files_have_no_owner(
    root: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    assert not recalled(source)
    assert not root.exists()


def test_a_folder_that_cannot_be_made_is_no_error(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RSP_POLICY_CACHE", str(tmp_path / "file" / "cache"))
    assert not recalled(source)
    assert not recalled(source)


def test_a_full_disk_is_no_error_and_leaves_nothing_behind(
    root: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert not recalled(source)
    assert not recalled(source)
    assert parts(root) == []


def test_the_entries_not_used_for_longest_go_and_nothing_else(root: Path, source: Path) -> None:
    root.mkdir(mode=0o700)
    (root / "of another program").mkdir()
    for number in range(MAX_STATES):
        recalled(source, str(number))
        for state_folder in states(root):
            os.utime(
                state_folder, (state_folder.stat().st_atime, state_folder.stat().st_mtime - 3600)
            )
    assert recalled(source, "0")  # made first, and now the one used last
    recalled(source, "new")
    assert len(states(root)) == MAX_STATES + 1
    assert recalled(source, "0")
    assert recalled(source, "new")
    assert (root / "of another program").is_dir()


def test_a_plan_outlasts_changed_records(
    root: Path, framework: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load(framework)["v2.2"].reads
    replace(framework / "framework.yaml", "Responsible Scaling Policy", "Irresponsible One")

    def refuse(*_: object) -> str:
        raise AssertionError("the rules have not changed")

    monkeypatch.setattr(planner, "plan_text", refuse)
    assert load(framework)["v2.2"].reads == before
    path = framework / "rules" / "conditions" / "always.rego"
    replace(path, "package conditions", "# another text\npackage conditions")
    with pytest.raises(AssertionError, match="the rules have not changed"):
        _ = load(framework)["v2.2"].reads


def loaded_by(*arguments: str) -> set[str]:
    """The modules that `rsp` loads for some arguments."""
    script = (
        "import sys; from rsp_policy.engine.cli import run; run(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [("decide", SHEET), ("versions",), ("show", "v2.2"), ("decide", "--help")]
)
def test_a_command_loads_no_library_that_it_does_not_need(
    root: Path, arguments: tuple[str, ...]
) -> None:
    loaded_by(*arguments)
    heavy = {"yaml", "jsonschema", "deepdiff", "regopy", "re2", "oxidd", "importlib.metadata"}
    if "--help" not in arguments:
        heavy -= {"importlib.metadata"}  # tabulate loads it
    found = loaded_by(*arguments)
    assert not heavy & found
    assert "rsp_policy.engine.circuit.circuits" not in found


def test_a_plain_sheet_needs_no_validator(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("model: Mine\ndate: 2025-05-22\nfacts: {deployment.public: true}\n")
    loaded_by("decide", str(file))
    found = loaded_by("decide", str(file))
    assert "yaml" in found
    assert "jsonschema" not in found


def test_the_public_names_are_there_and_come_when_they_are_used() -> None:
    script = "import sys; from rsp_policy import engine; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "rsp_policy.engine.framework.policy" not in done.stdout.split()
    assert all(getattr(engine, name) for name in engine.__all__)
    assert set(engine.__all__) <= set(dir(engine))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = engine.no_such_name

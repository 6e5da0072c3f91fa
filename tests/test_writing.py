"""Files are written whole or not at all, and only files are replaced."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rsp_policy.engine.errors import OutputError
from rsp_policy.engine.files import writing
from rsp_policy.engine.files.writing import write_file, write_result

from conftest import Result
from devices import full

OLD = b"what was there\n"


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("mask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_that_the_umask_leaves(
    mask: int, wanted: int, tmp_path: Path, umask: Callable[[int], int]
) -> None:
    umask(mask)
    write_file(tmp_path / "new", b"x")
    assert mode(tmp_path / "new") == wanted


@pytest.mark.parametrize("wanted", [0o600, 0o640, 0o755, 0o666])
def test_a_file_keeps_its_permissions(wanted: int, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    path.chmod(wanted)
    before = path.stat().st_ino
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert mode(path) == wanted
    assert path.stat().st_ino != before  # replaced, not written over
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    target = tmp_path / "deep" / "target"
    target.write_bytes(OLD)
    target.chmod(0o640)
    (tmp_path / "one").symlink_to("deep/target")
    (tmp_path / "two").symlink_to("one")
    write_file(tmp_path / "two", b"new")
    assert (tmp_path / "two").is_symlink()
    assert (tmp_path / "one").is_symlink()
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o640
    assert not target.is_symlink()


def test_a_link_to_nothing_yet_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()), daemon=True)
    reader.start()
    write_file(path, b"new")
    reader.join(10)
    assert got == [b"new"]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_full_device_is_an_error_and_stays(tmp_path: Path) -> None:
    path = full(tmp_path)
    with pytest.raises(OutputError, match=r"cannot write `.*full`: no space left on device"):
        write_result(str(path), b"new")
    assert stat.S_ISCHR(path.stat().st_mode)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", [".", "folder/", "nowhere/file", "file/below", "loop"])
def test_what_cannot_be_written_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError, match="cannot write"):
        write_result(os.path.join(tmp_path, name), b"new")
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "file").read_bytes() == OLD


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_file_that_cannot_be_replaced_is_as_it_was(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(writing.os, "replace", fail)
    with pytest.raises(type(error)):
        write_file(path, b"new")
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    monkeypatch.setattr(writing.os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(PermissionError):
        write_file(path, b"new")
    assert path.read_bytes() == OLD


def test_nothing_else_writes_files() -> None:
    root = Path(writing.__file__).parents[2]
    told = [
        f"{path.name}: {word}"
        for folder in ("engine", "diff")
        for path in (root / folder).rglob("*.py")
        for word in ("os.replace", "mkstemp", "write_text", "write_bytes", ".savefig(path", '"wb"')
        if word in path.read_text(encoding="utf-8") and path.name != "writing.py"
    ]
    assert told == []


# the command line

SHEET = "model: Mine\nfacts: {deployment.public: true}\n"


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "m.yaml"
    path.write_text(SHEET)
    return path


@pytest.mark.parametrize("name", ["m.yaml", "soft.yaml", "hard.yaml", "./m.yaml"])
@pytest.mark.parametrize(
    "command",
    [
        ["decide", "m.yaml", "-o"],
        ["decide", "soft.yaml", "-o"],
        ["diff", "v3.3", "v3.4", "m.yaml", "-o"],
        ["timeline", "m.yaml", "-o"],
        ["diff", "v3.3", "v3.4", "--expect", "m.yaml", "-o"],
    ],
)
def test_an_input_is_no_output(
    command: list[str], name: str, sheet: Path, rsp: Callable[..., Result]
) -> None:
    Path("soft.yaml").symlink_to("m.yaml")
    Path("hard.yaml").hardlink_to("m.yaml")
    result = rsp(*command, name)
    assert result.code == 2
    assert f"cannot write `{name}`: it is an input as well" in result.err
    assert sheet.read_text() == SHEET


def test_a_case_below_a_folder_is_no_output(sheet: Path, rsp: Callable[..., Result]) -> None:
    Path("cases").mkdir()
    case = Path("cases/a.yaml")
    case.write_text("- {name: n, version: v3.4, facts: {}, expect: {gates: {train: open}}}\n")
    result = rsp("test", "cases", "-o", "cases/a.yaml")
    assert result.code == 2
    assert "it is an input as well" in result.err
    assert case.read_text().startswith("- {name")


def test_a_file_of_the_policy_is_no_output(
    sheet: Path, rsp: Callable[..., Result], tmp_path: Path
) -> None:
    source = Path(__file__).parent.parent / "policies" / "rsp"
    if not source.is_dir():
        pytest.skip("no sources here")
    Path("link.yaml").symlink_to(source / "gates.yaml")
    before = (source / "gates.yaml").read_bytes()
    result = rsp("check", "--framework", str(source), "-o", "link.yaml")
    assert (result.code, "it belongs to the policy" in result.err) == (2, True)
    assert (source / "gates.yaml").read_bytes() == before


def test_nothing_is_written_where_one_output_is_refused(
    sheet: Path, rsp: Callable[..., Result]
) -> None:
    result = rsp("timeline", "m.yaml", "--chart", "chart.svg", "-o", "m.yaml")
    assert result.code == 2
    assert not Path("chart.svg").exists()
    result = rsp("timeline", "m.yaml", "--chart", "chart.svg", "-o", "./chart.svg")
    assert "it is to hold another result already" in result.err
    assert not Path("chart.svg").exists()


def test_a_model_is_no_file_that_happens_to_be_called_so(
    sheet: Path, rsp: Callable[..., Result]
) -> None:
    for _ in range(2):
        arguments = ("--version", "v2.2", "--gate", "store", "-o", "claude-opus-4")
        assert rsp("decide", "claude-opus-4", *arguments).code == 0
    assert Path("claude-opus-4").read_text().startswith("Claude Opus 4")


def test_a_hyphen_is_standard_output(sheet: Path, rsp: Callable[..., Result]) -> None:
    assert rsp("versions", "-o", "-").out == rsp("versions").out
    assert not Path("-").exists()


def test_a_full_device_ends_with_2_and_stays(sheet: Path, rsp: Callable[..., Result]) -> None:
    path = full(sheet.parent)
    result = rsp("versions", "-o", "full")
    assert (result.code, result.err) == (2, "error: cannot write `full`: no space left on device\n")
    assert stat.S_ISCHR(path.stat().st_mode)


@pytest.mark.parametrize("name", ["t.PNG", "t.Svg"])
def test_the_ending_of_a_chart_may_be_in_capitals(
    name: str, sheet: Path, rsp: Callable[..., Result]
) -> None:
    assert rsp("timeline", "claude-opus-4", "--chart", name).code == 3
    start = Path(name).read_bytes()[:5]
    assert start == (b"\x89PNG\r" if name == "t.PNG" else b"<?xml")


def test_a_chart_takes_any_name(sheet: Path, rsp: Callable[..., Result]) -> None:
    from xml.etree import ElementTree

    sheet.write_text('model: "$\\\\bad$ \\e[31m <b> -- "\nfacts: {}\n')
    assert rsp("timeline", "m.yaml", "--chart", "t.svg").code in (0, 3)
    assert ElementTree.parse("t.svg").getroot().tag.endswith("svg")

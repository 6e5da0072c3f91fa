"""Loading is safe, bounded, and says where things are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rsp_policy.engine import InvalidFileError
from rsp_policy.engine.files.documents import MAX_BYTES, parse, read


def message(text: str) -> str:
    with pytest.raises(InvalidFileError) as caught:
        parse(text, "f.yaml")
    return str(caught.value)


def test_scalars_follow_the_core_schema() -> None:
    text = "[no, yes, true, null, 010, 1.5, 1e3, 2025-05-22, '7', v2.2, 2.2]"
    assert parse(text, "f").value == [
        "no", "yes", True, None, 10, 1.5, 1000.0, "2025-05-22", "7", "v2.2", 2.2,
    ]  # fmt: skip


def test_json_is_read_too() -> None:
    assert parse('{"a": [1, {"b": false}]}', "f").value == {"a": [1, {"b": False}]}


def test_every_part_knows_its_line() -> None:
    lines = parse("a:\n  b:\n    - 1\n    - c: 2\n", "f").lines
    assert lines[("a", "b")] == 2
    assert lines[("a", "b", 1, "c")] == 4


def test_a_yaml_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in ("ab", "bc", "cd"))
    assert message(bomb) == "f.yaml:1: `&a`: anchors and aliases are not allowed"


def test_tags_are_refused() -> None:
    text = "a: !!python/object/apply:os.system [ls]"
    assert "tags are not allowed" in message(text)


def test_a_key_that_stands_twice_is_reported() -> None:
    assert message("a: 1\nb: 2\na: 3\n") == "f.yaml:3: a: the key `a` stands twice"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 33,
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        "\n".join(f"{' ' * depth}a:" for depth in range(40)),
        "- " * 40 + "1",
    ],
)
def test_deep_nesting_is_refused_in_our_own_words(text: str) -> None:
    assert "nested deeper than 32 levels" in message(text)


def test_brackets_that_nest_nothing_are_no_nesting() -> None:
    assert parse(f"a: {'[' * 40!r}  # {'[' * 40}", "f").value == {"a": "[" * 40}
    assert "nested deeper" not in message(f'a: "{"[" * 40}"\nb: [1, 2\n')


def test_broken_yaml_is_reported_with_its_line() -> None:
    assert message("a: 1\nb: [1, 2\n").startswith("f.yaml:3: not YAML:")


@pytest.mark.parametrize("text", ["", "# nothing\n", "null"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert message(text) == "f.yaml: the file is empty; a mapping is wanted"


def test_several_documents_are_refused() -> None:
    assert "several documents" in message("a: 1\n---\nb: 2\n")


def test_files_that_cannot_be_read_are_refused_at_once(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    with big.open("wb") as stream:
        stream.truncate(200_000_000)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\x00\x01\x02")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("ä: 1".encode("latin-1"))
    wanted = {
        big: f"larger than {MAX_BYTES // 1_000_000} MB",
        binary: "binary file",
        latin: "not text in UTF-8",
        tmp_path: "is a directory",
        tmp_path / "none.yaml": "no such file",
    }
    start = time.monotonic()
    for path, text in wanted.items():
        with pytest.raises(InvalidFileError, match=text):
            read(path)
    assert time.monotonic() - start < 5  # a generous bound on "at once", for slow machines

"""Builtins on constants: representative calls of each module, and what they refuse."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import pytest

from rsp_policy.engine.builtins import BUILTINS, BuiltinError, UndefinedError
from rsp_policy.engine.ir.constants import Constant, Object, constant, plain

A, B = frozenset({1, 2}), frozenset({2, 3})
NS = 1670006453141828752
LAUGHS = "a: &a [x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + last] * 9)}]\n" for last, name in pairwise("abcdefg")
)
CALLS = [
    # numbers: results carry more digits than a float, as OPA's do
    ("plus", (0.1, 0.2), 0.3), ("mul", (2 / 3, 3), 2), ("div", (10, 4), 2.5), ("div", (4, 2), 2),
    ("rem", (-7, 4), -3), ("round", (-2.5,), -3), ("ceil", (-0.5,), 0), ("abs", (-3,), 3),
    ("bits.lsh", (2**63 - 1, 1), 2**64 - 2), ("minus", (A, B), [1]), ("and", (A, B), [2]),
    ("or", (A, B), [1, 2, 3]), ("sum", ([0.1, 0.2],), 0.3), ("product", ([],), 1),
    ("max", ([1, "a", None],), "a"), ("count", ("日本",), 2), ("lt", ([1], [1, 0]), True),
    ("sort", ([{"x": 1}, [1], "b", "a", 3, True, None],), [None, True, 3, "a", "b", [1], {"x": 1}]),
    ("internal.member_3", (0, 1, [1]), True), ("array.flatten", ([1, [2, [3]]],), [1, 2, [3]]),
    ("union", (frozenset({A, B}),), [1, 2, 3]), ("intersection", (frozenset(),), []),
    # objects and paths
    ("object.get", ({"a": [5]}, ["a", 0], 1), 5), ("object.get", ({"a": 1}, ["a", "b"], 2), 2),
    ("object.union", ({"a": {"b": 1}}, {"a": {"c": 2}}), {"a": {"b": 1, "c": 2}}),
    ("object.subset", ({"a": [1, 2, 3], "b": 1}, {"a": [2, 3]}), True),
    ("json.filter", ({"a": [{"b": 7, "c": 8}, 9]}, ["a/0/b"]), {"a": [{"b": 7}]}),
    ("json.remove", ({"a": {"b": 7, "~/": 1}}, ["a", "a/b"]), {}),
    ("json.patch", ({"a": [1]}, [{"op": "add", "path": "/a/-", "value": 2}]), {"a": [1, 2]}),
    ("graph.reachable", ({"a": ["b", "z"], "b": []}, ["a"]), ["a", "b"]),
    ("graph.reachable_paths", ({"a": ["b"], "b": ["z"]}, ["a"]), [["a", "b"]]),
    ("walk", ({"a": [1]},), [[[], {"a": [1]}], [["a"], [1]], [["a", 0], 1]]),
    # strings
    ("concat", (",", frozenset({"b", "a"})), "a,b"), ("split", ("ab", ""), ["a", "b"]),
    ("substring", ("åäö", 1, -1), "äö"), ("indexof_n", ("aaa", "aa"), [0, 1]),
    ("format_int", (-255.9, 16), "-ff"), ("upper", ("straße",), "STRAßE"),
    ("trim_space", ("\u2003a\x1c",), "a\x1c"), ("lower", ("ΑΣ",), "\u03b1\u03c3"),
    ("strings.replace_n", ({"f": "x", "foo": "y"}, "foobar"), "xoobar"),
    ("internal.template_string", (["a ", frozenset(), frozenset({(1,)})],), "a <undefined>[1]"),
    # encodings
    ("base64.decode", ("aGk=",), "hi"), ("base64url.decode", ("_w",), "\ufffd"),
    ("base64.is_valid", ("aa9/=",), False), ("base64.is_valid", ("a\nGk=",), True),
    ("hex.encode", ("é",), "c3a9"), ("urlquery.encode", ("a b/~",), "a+b%2F~"),
    ("urlquery.decode_object", ("a=1&b&a=2",), {"a": ["1", "2"], "b": [""]}),
    ("json.marshal", ({"b": A, "a": "<é"},), '{"a":"\\u003cé","b":[1,2]}'),
    ("json.marshal_with_options", ([1], {"prefix": "> "}), "> [\n> \t1\n> ]"),
    ("json.unmarshal", ('"\\ud800"',), "\ufffd"), ("json.is_valid", ("NaN",), False),
    ("yaml.unmarshal", ("a: 2020-01-01\n1: [on, 1:30]",), {"a": "2020-01-01", "1": [True, "1:30"]}),
    ("crypto.hmac.sha1", ("foo", "bar"), "85d155c55ed286a300bd1cf124de08d87e914f3a"),
    # patterns follow Go, also where Python's own reading or that of RE2 in C++ differs
    ("regex.match", (r"^\d+$", "12\n"), False), ("regex.match", (r"\w", "é"), False),
    ("regex.match", (r"a(?i)b|c", "C"), True), ("regex.is_valid", (r"(?=a)",), False),
    ("regex.match", (r"[[:^alpha:]]\pN{,2}", "1२{,2}"), True), ("regex.is_valid", (r"a*+",), False),
    ("regex.find_n", ("a*", "baac", -1), ["", "aa", ""]),
    ("regex.split", ("x*", "axb"), ["a", "b"]), ("regex.find_n", ("|a", "aa", -1), ["", "", ""]),
    ("regex.match", (r"\B", "aéa"), False), ("regex.find_n", (r"\B|x", "éx", -1), ["", "x"]),
    ("regex.is_valid", (r"\C",), False), ("regex.is_valid", (r"\Q\C\E",), True),
    ("regex.is_valid", ("(?<é>a)",), False), ("regex.match", (r"^\p{Greek}+$", "αΩ"), True),
    ("regex.match", ("(a+)+b", "a" * 5000), False), ("regex.replace", ("a", "(a)", "$01"), ""),
    ("regex.is_valid", ("(a{100}){100}",), False), ("regex.match", ("a", "\ud800a"), True),
    ("regex.replace", ("foo bar", r"(?P<n>o+)|(\s)", "[${n}$2$x$$]"), "f[oo$][ $]bar"),
    ("regex.find_all_string_submatch_n", ("a(x)?b", "axb-ab", 5), [["axb", "x"], ["ab", ""]]),
    ("regex.template_match", ("urn:{[a-z]+}.", "urn:ab.", "{", "}"), True),
    ("regex.globs_match", ("a.[0-9]+z", "ab*[5-6]z"), True), ("glob.quote_meta", ("*.a",), "\\*.a"),
    ("regex.globs_match", ("a+", "b*"), False), ("glob.match", ("*.com", [], "a.b.com"), False),
    ("glob.match", ("**.{com,[!x]y}", [], "a.b.zy"), True),
    ("glob.match", ("a*", None, "a.b"), True),
    # units, versions, networks, times
    ("units.parse", ("-3.5E2m",), -0.35), ("units.parse_bytes", ('"1.1KiB"',), 1126),
    ("semver.compare", ("1.0.0-rc.2", "1.0.0-rc.10"), -1), ("semver.is_valid", ("1.0",), False),
    ("net.cidr_contains", ("10.0.0.0/8", "10.1.0.0/24"), True),
    ("net.cidr_merge", (["192.0.2.112", "fe80::/9", "192.0.3.0"],), ["192.0.2.0/23", "fe80::/9"]),
    ("net.cidr_contains_matches", ({"k": "1.1.1.1/24"}, ["1.1.1.9"]), [["k", 0]]),
    ("time.parse_ns", ("01/02 03:04PM '06 -0700", "06/02 07:00PM '17 -0700"), 1496455200 * 10**9),
    ("time.parse_rfc3339_ns", ("1677-09-21T00:12:43.145224192-00:00",), -(2**63)),
    ("time.format", ([NS, "Asia/Kolkata", "RFC1123Z"],), "Sat, 03 Dec 2022 00:10:53 +0530"),
    ("time.format", (NS,), "2022-12-02T18:40:53.141828752Z"), ("time.weekday", (0,), "Thursday"),
    ("time.add_date", (1580428800 * 10**9, 0, 1, 0), 1583107200 * 10**9),
    ("time.diff", (1078012800 * 10**9, 1109635200 * 10**9), [1, 0, 1, 0, 0, 0]),
    ("time.date", ([0, "America/New_York"],), [1969, 12, 31]), ("to_number", ("1e3",), 1000),
    ("time.parse_duration_ns", ("-1h0.5s",), -3600500000000),
]  # fmt: skip
PRINTED = [
    ("%5d|%-5d|%05d|%+d|% d", [42] * 5, "   42|42   |00042|+42| 42"), ("%03d", [-5], "-05"),
    ("%x %X %#x %o %b %c %q %U", [10, 10, 10, 8, 5, 65, 65, 66], "a A 0xa 10 101 A 'A' U+0042"),
    ("%v %g %e %.3g", [1234567.5, 1e-7, 1.5, 1234.5], "1.2345675e+06 1e-07 1.500000e+00 1.23e+03"),
    ("%.2f|%8.3f|%-8.2f|", [2.005, 3.14159, 2.5], "2.00|   3.142|2.50    |"), ("%v", [0.1], "0.1"),
    ("%q %x % X %.2s|%5s", ['c"é', "hi", "hi", "abc", "ab"], '"c\\"é" 6869 68 69 ab|   ab'),
    ("%v %s", [[1, "a", {"b": None}], True], '[1, "a", {"b": null}] true'), ("100%%", [], "100%"),
    ("%d %s %d", ["hi", 5, 1.5], "%!d(string=hi) %!s(int=5) %!d(float64=1.5)"),
    ("%d", [], "%!d(MISSING)"), ("hi", ["x", 1], "hi%!(EXTRA string=x, int=1)"),
    ("%", [], "%!(NOVERB)"), ("%[2]d %[1]d", [1, 2], "2 1"), ("%[5]d", [1], "%!d(BADINDEX)"),
    ("%t", [True], "%!t(string=true)"), ("%s", [2**70], str(2**70)), ("%.3f", [1], "%!f(int=001)"),
    ("%*d|%-*d|%.*f", [5, 42, 4, 7, 2, math.e], "   42|7   |2.72"),
    ("%T %T", [1, "s"], "int string"), ("%*d", ["a", 1], "%!(BADWIDTH)1"),
]  # fmt: skip
REFUSED = [
    ("plus", (1, "a"), "eval_type_error", "operand 2 must be number but got string"),
    ("minus", (A, 1), "eval_type_error", "operand 2 must be set but got number"),
    ("div", (1, 0), "eval_builtin_error", "divide by zero"),
    ("rem", (1.1, 1), "eval_builtin_error", "floating"),
    ("bits.and", (7.2, 1), "eval_type_error", "integer number but got floating-point number"),
    ("count", (5,), "eval_type_error", "one of {array, object, set, string} but got number"),
    ("sum", ([1, "a"],), "eval_type_error", "array of numbers but got array containing string"),
    ("substring", ("a", -1, 1), "eval_builtin_error", "negative offset"),
    ("json.patch", ({}, [{"op": "remove", "path": "/a"}]), "eval_builtin_error", "does not exist"),
    ("json.unmarshal", ("{",), "eval_builtin_error", ""),
    ("yaml.unmarshal", ("[1",), "eval_builtin_error", "line 1"),
    ("regex.match", (r"(a)\1", "aa"), "eval_builtin_error", "invalid escape"),
    ("to_number", ("nan",), "eval_type_error", ""),
    ("to_number", ("0x1",), "eval_builtin_error", "invalid syntax"),
    ("units.parse", ("0.0.0",), "eval_builtin_error", "could not parse amount"),
    ("time.add_date", (0, 2262, 1, 1), "eval_builtin_error", "time outside of valid range"),
    # bounds
    ("numbers.range", (1, 10**9), "eval_builtin_error", "over 100000"),
    ("mul", (2**8000, 2**8000), "eval_builtin_error", "bits"),
    ("mul", (1e300, 1e300), "eval_builtin_error", "large"),
    ("replace", ("a" * 9999, "a", "b" * 9999), "eval_builtin_error", "characters"),
    ("net.cidr_expand", ("10.0.0.0/8",), "eval_builtin_error", "over 100000"),
    ("sprintf", ("%1000000d" * 20, [1] * 20), "eval_builtin_error", "characters"),
    ("yaml.unmarshal", (LAUGHS,), "eval_builtin_error", "over 100000"),
]  # fmt: skip


def _call(name: str, operands: tuple[object, ...]) -> str:
    """What a call gives, as JSON, because in Python `True == 1`."""
    return json.dumps(plain(BUILTINS[name](*map(_operand, operands))), sort_keys=True)


def _operand(value: object) -> Constant:
    if isinstance(value, list):
        return tuple(map(_operand, value))
    if isinstance(value, dict):
        return Object({key: _operand(item) for key, item in value.items()})
    return value if isinstance(value, frozenset) else constant(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "operands", "wanted"), CALLS)
def test_values(name: str, operands: tuple[object, ...], wanted: object) -> None:
    assert _call(name, operands) == json.dumps(wanted, sort_keys=True)


@pytest.mark.parametrize(("text", "arguments", "wanted"), PRINTED)
def test_formats_follow_go(text: str, arguments: list[object], wanted: str) -> None:
    assert BUILTINS["sprintf"](text, _operand(arguments)) == wanted


@pytest.mark.parametrize(("name", "operands", "code", "message"), REFUSED)
def test_errors(name: str, operands: tuple[object, ...], code: str, message: str) -> None:
    with pytest.raises(BuiltinError) as caught:
        _call(name, operands)
    assert caught.value.code == code
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["max", "min"])
def test_nothing_has_no_extreme(name: str) -> None:
    with pytest.raises(UndefinedError):
        BUILTINS[name](())

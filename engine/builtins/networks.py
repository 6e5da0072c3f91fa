"""Networks and addresses of the Internet Protocol."""

from __future__ import annotations

import re
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    collapse_addresses,
    ip_address,
    ip_network,
)
from typing import TypeAlias

from rsp_policy.engine.ir.constants import FALSE, Constant, Object, ordered, truth

from .operands import MOST_ELEMENTS, mistyped, string, strings
from .registry import BuiltinError, builtin

_Address: TypeAlias = "IPv4Address | IPv6Address"
_Network: TypeAlias = "IPv4Network | IPv6Network"
_CIDR = re.compile(r"[0-9A-Fa-f.:]+/[0-9]{1,3}")


def _network(text: str) -> _Network:
    try:
        if _CIDR.fullmatch(text):
            return ip_network(text, strict=False)
    except ValueError:
        pass
    raise BuiltinError(f"invalid CIDR address: {text[:100]}")


def _address(text: str) -> _Address | None:
    if "%" in text:
        return None
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _contains(text: str, part: str) -> bool:
    network = _network(text)
    address = _address(part)
    if address is not None:
        return address in network
    inner = _network(part)
    return inner[0] in network and inner[-1] in network


@builtin("net.cidr_contains")
def contains(cidr: Constant, part: Constant) -> Constant:
    """Whether a network contains an address or another network."""
    return truth(_contains(string(cidr), string(part, 2)))


@builtin("net.cidr_contains_matches")
def contains_matches(cidrs: Constant, parts: Constant) -> Constant:
    """The pairs of networks and what they contain, each by its key, its index or itself."""
    left, right = _keyed(cidrs, 1), _keyed(parts, 2)
    if len(left) * len(right) > MOST_ELEMENTS:
        raise BuiltinError(f"there are over {MOST_ELEMENTS} pairs")
    return frozenset(
        (key, other) for key, cidr in left for other, part in right if _contains(cidr, part)
    )


def _keyed(value: Constant, position: int) -> list[tuple[Constant, str]]:
    if isinstance(value, str):
        return [(value, value)]
    if isinstance(value, tuple):
        return [(index, _first(item, position)) for index, item in enumerate(value)]
    if isinstance(value, frozenset):
        return [(item, _first(item, position)) for item in ordered(value)]
    if isinstance(value, Object):
        return [(key, _first(value[key], position)) for key in ordered(value)]
    return mistyped(value, position, "string", "array", "set", "object")


def _first(value: Constant, position: int) -> str:
    found = value[0] if isinstance(value, tuple) and value else value
    if not isinstance(found, str):
        raise BuiltinError(f"operand {position}: element must be string or non-empty array")
    return found


@builtin("net.cidr_expand")
def expand(cidr: Constant) -> Constant:
    """The addresses of a network."""
    network = _network(string(cidr))
    if network.num_addresses > MOST_ELEMENTS:
        raise BuiltinError(f"a network has over {MOST_ELEMENTS} addresses")
    return frozenset(map(str, network))


@builtin("net.cidr_intersects")
def intersects(left: Constant, right: Constant) -> Constant:
    """Whether two networks share an address."""
    a, b = _network(string(left)), _network(string(right, 2))
    return truth(a[0] in b or b[0] in a)


@builtin("net.cidr_is_valid")
def is_valid(value: Constant) -> Constant:
    """Whether a value is a network."""
    try:
        return truth(isinstance(value, str) and bool(_network(value)))
    except BuiltinError:
        return FALSE


@builtin("net.cidr_merge")
def merge(cidrs: Constant) -> Constant:
    """The fewest networks that have the addresses of some networks."""
    networks = [_classed(text) for text in strings(cidrs)]
    fours = (network for network in networks if isinstance(network, IPv4Network))
    sixes = (network for network in networks if isinstance(network, IPv6Network))
    return frozenset(map(str, [*collapse_addresses(fours), *collapse_addresses(sixes)]))


def _classed(text: str) -> _Network:
    """A network; an address alone stands for the network of its class."""
    address = _address(text)
    if address is None:
        return _network(text)
    if isinstance(address, IPv6Address):
        raise BuiltinError("IPv6 invalid: needs prefix length")
    first = address.packed[0]
    return _network(f"{text}/{8 if first < 128 else 16 if first < 192 else 24}")

"""Times in nanoseconds since 1970: read, written, taken apart, moved and compared."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo

from rsp_policy.engine.builtins.operands import integer, refuse, string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant

from .layouts import DAYS, RFC3339, RFC3339_NANO, written
from .parsing import read

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 10**9
_LEAST, _MOST = -(2**63), 2**63 - 1
_DURATION = re.compile(r"([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)")
_UNITS = {"ns": 1, "us": 10**3, "ms": 10**6, "s": _SECOND, "m": 60 * _SECOND, "h": 3600 * _SECOND}


def _nanoseconds(moment: datetime, fraction: int) -> int:
    since = moment - _EPOCH
    found = (since.days * 86400 + since.seconds) * _SECOND + fraction
    if not _LEAST <= found <= _MOST:
        raise BuiltinError("time outside of valid range")
    return found


def _zone(name: str) -> tzinfo:
    if name in ("", "UTC"):
        return UTC
    try:
        if name != "Local":
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    raise BuiltinError(f"unknown time zone {name[:100]}")


def _moment(value: Constant, position: int = 1) -> tuple[datetime, int]:
    """The time of an operand, which is a number or an array of it and a time zone."""
    number, zone = (*value, "")[:2] if isinstance(value, tuple) and value else (value, "")
    if not isinstance(number, int | float) or not isinstance(zone, str):
        refuse(position, "either number (ns) or [number (ns), string (tz)]")
    if not _LEAST <= number <= _MOST or number != int(number):
        raise BuiltinError("timestamp too big")
    seconds, fraction = divmod(int(number), _SECOND)
    return (_EPOCH + timedelta(seconds=seconds)).astimezone(_zone(zone)), fraction


@builtin("time.parse_ns")
def parse(layout: Constant, text: Constant) -> Constant:
    """The time that a text names in a layout."""
    return _nanoseconds(*read(string(text, 2), string(layout)))


@builtin("time.parse_rfc3339_ns")
def parse_rfc3339(text: Constant) -> Constant:
    """The time that a text names in the layout of RFC 3339."""
    return _nanoseconds(*read(string(text), RFC3339))


@builtin("time.format")
def form(value: Constant) -> Constant:
    """A time in a layout, by default that of RFC 3339 with nanoseconds."""
    layout = RFC3339_NANO
    if isinstance(value, tuple) and len(value) > 2:
        layout = string(value[2])
    return written(*_moment(value), layout)


@builtin("time.parse_duration_ns")
def parse_duration(text: Constant) -> Constant:
    """The nanoseconds of a duration such as `1h30m` or `1.5s`."""
    whole = string(text)
    rest = whole[1:] if whole[:1] in ("+", "-") else whole
    total, position = Fraction(0), 0
    while position < len(rest) and rest != "0":
        found = _DURATION.match(rest[:1000], position)
        if found is None or not (found[1] or found[2]):
            raise BuiltinError(f"time: invalid duration {whole[:100]!r}")
        number = Fraction(f"{found[1] or 0}.{found[2] or 0}")
        total += int(number * _UNITS[found[3].replace("µ", "u").replace("μ", "u")])
        position = found.end()
    if not rest or total > _MOST:
        raise BuiltinError(f"time: invalid duration {whole[:100]!r}")
    return -int(total) if whole.startswith("-") else int(total)


@builtin("time.date")
def date(value: Constant) -> Constant:
    """The year, month and day of a time."""
    moment, _ = _moment(value)
    return (moment.year, moment.month, moment.day)


@builtin("time.clock")
def clock(value: Constant) -> Constant:
    """The hour, minute and second of a time."""
    moment, _ = _moment(value)
    return (moment.hour, moment.minute, moment.second)


@builtin("time.weekday")
def weekday(value: Constant) -> Constant:
    """The name of the day of the week of a time."""
    return DAYS[_moment(value)[0].weekday()]


@builtin("time.add_date")
def add_date(value: Constant, years: Constant, months: Constant, days: Constant) -> Constant:
    """A time moved by years, months and days; days too many for a month run into the next."""
    moment, fraction = _moment(value)
    by = integer(years, 2), integer(months, 3), integer(days, 4)
    extra, month = divmod(moment.month - 1 + by[1], 12)
    try:
        first = moment.replace(year=moment.year + by[0] + extra, month=month + 1, day=1)
        return _nanoseconds(first + timedelta(days=moment.day - 1 + by[2]), fraction)
    except (ValueError, OverflowError):
        raise BuiltinError("time outside of valid range") from None


@builtin("time.diff")
def diff(left: Constant, right: Constant) -> Constant:
    """Years, months, days, hours, minutes and seconds between two times."""
    (first, fraction), (second, other) = _moment(left), _moment(right, 2)
    start, end = sorted([(first, fraction), (second.astimezone(first.tzinfo), other)])
    a, b = start[0], end[0]
    second_, minute, hour = b.second - a.second, b.minute - a.minute, b.hour - a.hour
    day, month, year = b.day - a.day, b.month - a.month, b.year - a.year
    # A difference below nothing borrows from the next larger unit.
    second_, minute = second_ % 60, minute - (second_ < 0)
    minute, hour = minute % 60, hour - (minute < 0)
    hour, day = hour % 24, day - (hour < 0)
    if day < 0:
        day, month = day + monthrange(a.year, a.month)[1], month - 1
    month, year = month % 12, year - (month < 0)
    return (year, month, day, hour, minute, second_)

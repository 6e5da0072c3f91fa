"""Layouts of dates and times as Go writes them, by the example of a reference time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

RFC3339 = "2006-01-02T15:04:05Z07:00"
RFC3339_NANO = "2006-01-02T15:04:05.999999999Z07:00"
_NAMED = {
    "ANSIC": "Mon Jan _2 15:04:05 2006",
    "UnixDate": "Mon Jan _2 15:04:05 MST 2006",
    "RubyDate": "Mon Jan 02 15:04:05 -0700 2006",
    "RFC822": "02 Jan 06 15:04 MST",
    "RFC822Z": "02 Jan 06 15:04 -0700",
    "RFC850": "Monday, 02-Jan-06 15:04:05 MST",
    "RFC1123": "Mon, 02 Jan 2006 15:04:05 MST",
    "RFC1123Z": "Mon, 02 Jan 2006 15:04:05 -0700",
    "RFC3339": RFC3339,
    "RFC3339Nano": RFC3339_NANO,
}
_ELEMENT = re.compile(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|2006|_2006|__2|_2|[1-5]"
    r"|PM|pm|[-Z]07:00:00|[-Z]070000|[-Z]07:00|[-Z]0700|[-Z]07|[.,](?:0+|9+)(?![0-9])"
)


def elements(layout: str) -> Iterator[tuple[str, str]]:
    """The elements of a layout, each with the text before it; at the end the rest and nothing."""
    layout, position = _NAMED.get(layout, layout), 0
    for found in _ELEMENT.finditer(layout):
        element, start = found[0], found.start()
        if element == "_2006":
            element, start = "2006", start + 1
        yield layout[position:start], element
        position = found.end()
    yield layout[position:], ""


def written(moment: datetime, nanoseconds: int, layout: str) -> str:
    """A time in a layout; fractions of a second are given apart."""
    parts = []
    for before, element in elements(layout):
        parts += [before, _element(moment, nanoseconds, element)]
    return "".join(parts)


def _element(moment: datetime, nanoseconds: int, element: str) -> str:
    if element[:1] in (".", ","):
        digits = f"{nanoseconds:09d}".ljust(len(element) - 1, "0")[: len(element) - 1]
        if element[1] == "9":
            digits = digits.rstrip("0")
        return element[0] + digits if digits else ""
    if element[:1] in ("-", "Z"):
        return _offset(moment, element)
    hour, day = moment.hour % 12 or 12, moment.day
    month, weekday = MONTHS[moment.month - 1], DAYS[moment.weekday()]
    year_day = moment.timetuple().tm_yday
    forms = {
        "": "",
        "January": month,
        "Jan": month[:3],
        "01": f"{moment.month:02d}",
        "1": str(moment.month),
        "Monday": weekday,
        "Mon": weekday[:3],
        "02": f"{day:02d}",
        "_2": f"{day:2d}",
        "2": str(day),
        "002": f"{year_day:03d}",
        "__2": f"{year_day:3d}",
        "15": f"{moment.hour:02d}",
        "03": f"{hour:02d}",
        "3": str(hour),
        "04": f"{moment.minute:02d}",
        "4": str(moment.minute),
        "05": f"{moment.second:02d}",
        "5": str(moment.second),
        "2006": f"{moment.year:04d}",
        "06": f"{moment.year % 100:02d}",
        "PM": "PM" if moment.hour >= 12 else "AM",
        "pm": "pm" if moment.hour >= 12 else "am",
        "MST": moment.tzname() or "UTC",
    }
    return forms[element]


def _offset(moment: datetime, element: str) -> str:
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    if element[0] == "Z" and not seconds:
        return "Z"
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    numbers = [f"{hour:02d}", f"{minute:02d}", f"{second:02d}"]
    count = len(element.replace(":", "")) // 2
    between = ":" if ":" in element else ""
    return ("-" if seconds < 0 else "+") + between.join(numbers[:count])

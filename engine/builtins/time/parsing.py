"""Times read from texts that follow a layout, as leniently and as strictly as Go reads them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from rsp_policy.engine.builtins.registry import BuiltinError

from .layouts import DAYS, MONTHS, elements


class _Fields:
    """What has been read of a time."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.nanoseconds = 0
        self.afternoon: bool | None = None
        self.offset = timedelta()

    def moment(self) -> datetime:
        """The time, in its zone."""
        found = self.numbers
        hour = found.get("hour", 0)
        if self.afternoon is not None:
            hour = hour % 12 + 12 * self.afternoon if hour <= 12 else hour
        year, day = found.get("year", 0), found.get("day", 1)
        zone = timezone(self.offset)
        clock = (hour, found.get("minute", 0), found.get("second", 0))
        if "year_day" not in found:
            return datetime(year, found.get("month", 1), day, *clock, tzinfo=zone)
        moment = datetime(year, 1, 1, *clock, tzinfo=zone) + timedelta(found["year_day"] - 1)
        if moment.year != year or not found["year_day"]:
            raise ValueError("day-of-year out of range")
        return moment


_FIELDS = {
    "2006": ("year", r"[0-9]{4}"),
    "06": ("year", r"[0-9]{2}"),
    "01": ("month", r"[0-9]{2}"),
    "1": ("month", r"[0-9]{1,2}"),
    "02": ("day", r"[0-9]{2}"),
    "_2": ("day", r" ?[0-9]{1,2}"),
    "2": ("day", r"[0-9]{1,2}"),
    "002": ("year_day", r"[0-9]{3}"),
    "__2": ("year_day", r" {0,2}[0-9]{1,3}"),
    "15": ("hour", r"[0-9]{1,2}"),
    "03": ("hour", r"[0-9]{2}"),
    "3": ("hour", r"[0-9]{1,2}"),
    "04": ("minute", r"[0-9]{2}"),
    "4": ("minute", r"[0-9]{1,2}"),
    "05": ("second", r"[0-9]{2}"),
    "5": ("second", r"[0-9]{1,2}"),
}
_TEXTS = {
    "January": "|".join(MONTHS),
    "Jan": "|".join(month[:3] for month in MONTHS),
    "Monday": "|".join(DAYS),
    "Mon": "|".join(day[:3] for day in DAYS),
    "PM": "AM|PM",
    "pm": "am|pm",
    "MST": r"GMT[-+][0-9]{1,2}|[A-Z]{3,5}|ChST|MeST|[-+][0-9]{2}",
}
_FRACTION = re.compile(r"[.,]([0-9]+)")


def read(text: str, layout: str) -> tuple[datetime, int]:
    """A time written in a layout, and its fraction of a second in nanoseconds.

    Raises:
        BuiltinError: If the text does not follow the layout or names no time.
    """
    fields, rest = _Fields(), text
    parts = list(elements(layout))
    try:
        for (before, element), (between, following) in zip(
            parts, [*parts[1:], ("", "")], strict=True
        ):
            rest = _skip(rest, before)
            rest = _field(fields, rest, element) if element else rest
            # A fraction may follow the seconds even if the layout has none.
            plain = between or following[:1] not in (".", ",")
            if element in ("05", "5") and plain and (found := _FRACTION.match(rest)):
                fields.nanoseconds, rest = _nanoseconds(found[1]), rest[found.end() :]
        if rest:
            raise ValueError(f"extra text: {rest!r}")
        return fields.moment(), fields.nanoseconds
    except (ValueError, OverflowError) as error:
        raise BuiltinError(f"parsing time {text[:100]!r} as {layout[:100]!r}: {error}") from None


def _skip(text: str, before: str) -> str:
    """What is left of a text after what stands between two elements, runs of spaces alike."""
    pattern = re.sub(r"(?:\\ )+", " +", re.escape(before))
    found = re.match(pattern, text)
    if found is None:
        raise ValueError(f"cannot parse {text[:50]!r} as {before!r}")
    return text[found.end() :]


def _field(fields: _Fields, text: str, element: str) -> str:
    if element[0] in ".,":
        return _read_fraction(fields, text, element)
    if element[0] in "-Z":
        return _read_offset(fields, text, element)
    name, pattern = _FIELDS.get(element, ("", _TEXTS.get(element, "")))
    ignoring = re.IGNORECASE if element in ("January", "Jan", "Monday", "Mon") else 0
    found = re.match(pattern, text, ignoring)
    if found is None:
        raise ValueError(f"cannot parse {text[:50]!r} as {element!r}")
    if name:
        number = int(found[0])
        if element == "06":
            number += 1900 if number >= 69 else 2000
        fields.numbers[name] = number
    elif element in ("January", "Jan"):
        names = [month[: len(found[0])].lower() for month in MONTHS]
        fields.numbers["month"] = names.index(found[0].lower()) + 1
    elif element in ("PM", "pm"):
        fields.afternoon = found[0].lower() == "pm"
    elif element == "MST" and found[0].startswith("GMT") and len(found[0]) > 3:
        fields.offset = timedelta(hours=int(found[0][3:]))
    return text[found.end() :]


def _read_fraction(fields: _Fields, text: str, element: str) -> str:
    exactly = f"[.,]([0-9]{{{len(element) - 1}}})"
    found = re.match(exactly, text) if element[1] == "0" else _FRACTION.match(text)
    if found is None:
        if element[1] == "0":
            raise ValueError(f"cannot parse {text[:50]!r} as {element!r}")
        return text
    fields.nanoseconds = _nanoseconds(found[1])
    return text[found.end() :]


def _nanoseconds(digits: str) -> int:
    return int(digits[:9].ljust(9, "0"))


def _read_offset(fields: _Fields, text: str, element: str) -> str:
    if element[0] == "Z" and text.startswith("Z"):
        return text[1:]
    count = len(element.replace(":", "")) // 2
    between = ":" if ":" in element else ""
    found = re.match(r"([-+])" + between.join([r"([0-9]{2})"] * count), text)
    if found is None:
        raise ValueError(f"cannot parse {text[:50]!r} as {element!r}")
    hours, minutes, seconds = (*map(int, found.groups()[1:]), 0, 0)[:3]
    if hours > 24 or minutes > 60 or seconds > 60:
        raise ValueError("time zone offset out of range")
    fields.offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    fields.offset *= -1 if found[1] == "-" else 1
    return text[found.end() :]

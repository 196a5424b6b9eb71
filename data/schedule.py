"""When a prompt is due, and which one is next. Pure: time and chance are arguments."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil import rrule, tz

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_POPULAR = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Toronto",
    "America/Vancouver",
    "Europe/London",
    "Europe/Dublin",
    "Australia/Sydney",
    "Australia/Melbourne",
    "Australia/Perth",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Singapore",
    "Asia/Manila",
    "UTC",
)


class BadRule(ValueError):
    """The rule is no RFC 5545 recurrence, or it never comes again."""


def weekly(weekday: int, at: time, *, start: date) -> str:
    """Return the rule "every week on ``weekday`` (0 is Monday) at local time ``at``", counted from ``start``."""
    return f"DTSTART:{datetime.combine(start, at):%Y%m%dT%H%M%S}\nRRULE:FREQ=WEEKLY;BYDAY={_CODES[weekday]}"


def next_due(rule: str, zone: ZoneInfo, *, after: datetime) -> datetime:
    """Return the first occurrence of ``rule`` after the aware time ``after``, in UTC.

    A local time that the clock skips moves on by the gap; one that happens twice fires once, the first time.
    Raises: BadRule: ``rule`` is no RFC 5545 rule with a DTSTART, or never comes again.
    """
    if "DTSTART" not in rule:
        raise BadRule("the rule has no DTSTART")
    try:
        steps = rrule.rrulestr(rule)
    except (ValueError, TypeError) as fault:
        raise BadRule("the rule cannot be read") from fault
    local = after.astimezone(zone).replace(tzinfo=None)
    while (step := steps.after(local)) is not None:
        due: datetime = tz.resolve_imaginary(step.replace(tzinfo=zone)).astimezone(UTC)  # type: ignore[no-untyped-call]
        if due > after:
            return due
        local = step
    raise BadRule("the rule never comes again")


def draw(
    remaining: Sequence[str], every: Sequence[str], last: str | None, chance: random.Random
) -> tuple[str, tuple[str, ...]]:
    """Take the next prompt from a shuffled deck; return it and what remains.

    None comes twice before the deck is through; a fresh deck never begins with ``last``;
    prompts that no longer exist are passed over, new ones join the next deck.
    Raises: ValueError: there are no prompts at all.
    """
    if not every:
        raise ValueError("there are no prompts to draw from")
    known = set(every)
    deck = [prompt for prompt in remaining if prompt in known]
    if not deck:
        deck = list(every)
        chance.shuffle(deck)
        if deck[0] == last and len(deck) > 1:
            deck.append(deck.pop(0))
    return deck[0], tuple(deck[1:])


@cache
def _zones() -> tuple[str, ...]:
    rest = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return (*_POPULAR, *(zone for zone in rest if zone not in _POPULAR))


def known_zones(typed: str, *, limit: int = 25) -> list[str]:
    """Return IANA zone names that contain what was ``typed``, the most used first."""
    wanted = typed.strip().lower().replace(" ", "_")
    return [zone for zone in _zones() if wanted in zone.lower()][:limit]

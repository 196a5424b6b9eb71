"""Times and zones as members type them."""

from __future__ import annotations

import re
from datetime import time

from cogs._replies import Refused
from data.schedule import known_zones

_CLOCK = re.compile(r"\s*(\d{1,2})(?:[:.h](\d{2}))?\s*([ap]m)?\s*", re.IGNORECASE)


def clock_time(typed: str) -> time:
    """Return the time of "17:30", "9:05", "9" or "5:30 pm". Raises: Refused: it is none."""
    match = _CLOCK.fullmatch(typed)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if match and match[3]:
        hour = hour % 12 + 12 * (match[3].lower() == "pm") if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise Refused("The time must look like 17:30.")
    return time(hour, minute)


def known_zone(typed: str) -> str:
    """Return the IANA name that was typed, in its proper case. Raises: Refused: there is none."""
    found = {zone.lower(): zone for zone in known_zones(typed, limit=1000)}
    if typed.strip().lower() not in found:
        raise Refused("That time zone is not known. Choose one from the list, such as Europe/Dublin.")
    return found[typed.strip().lower()]

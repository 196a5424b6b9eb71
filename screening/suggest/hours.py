"""Hours as the part of the day they fall in."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re

from screening.results import Label
from screening.suggest.grammar import Edit, Spot, apart, drop, is_noun, next_word, starts
from screening.suggest.tense import is_future

WEEKDAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?"
_PREPOSITION = r"\b(?:at|by|on|since|until|till|before|after|from|to)\s+"
_EARLY = {
    "in the middle of the night": "late-night", "early in the morning": "early", "in the morning": "morning", "in the afternoon": "afternoon",
    "in the evening": "evening", "late in the evening": "late", "around midday": "midday",
}  # fmt: skip


def clock(spot: Spot) -> Edit | None:
    """Read an hour: the part of the day where it is known, nothing beside "today" and its like."""
    hour = _hour(spot.low)
    if spot.label is not Label.TIME or hour is None or re.search(WEEKDAY, spot.low):
        return None
    lead = spot.lead(
        r"\b(?P<prep>at|around|about|by|@|from|since|until|till|before|after)\s+(?:like\s+|about\s+|around\s+|half\s+)?|(?P<sign>@)\s?"
    )
    day = r"today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)|that (?:morning|night|day|afternoon|evening)|last night"
    if lead and (lead["prep"] or "at").lower() in ("at", "around", "about", "@"):
        if not hour and spot.tail(r"\s+(?:every|each|on)\b"):
            return spot.over(lead, "")
        if spot.tail(rf"\s+(?:{day})\b") or spot.lead(
            rf"\b(?:{day})(?:,)?\s+(?:at|around|about|@)\s+(?:like\s+|about\s+|around\s+)?"
        ):
            return spot.over(lead, "")
        return spot.over(lead, _part_of_day(hour, spot))
    if lead:
        word = lead["prep"].lower()
        text = {
            "from": "from earlier",
            "since": "since earlier",
            "after": "afterwards",
            "by": "in time",
            "before": "early on",
        }
        return spot.over(lead, text.get(word, "for a while"))
    if spot.lead(rf"\b(?:{day})\s+"):
        return Edit("")
    return _hour_alone(spot, hour)


def _hour_alone(spot: Spot, hour: str) -> Edit:
    if apart(spot):
        return drop(spot)
    if is_noun(next_word(spot.right)) and not spot.lead(_PREPOSITION) and (adjective := _EARLY.get(hour)):
        return Edit(adjective)
    noun = {
        "in the middle of the night": "middle of the night",
        "early in the morning": "early morning",
        "late in the evening": "late evening",
    }
    text = _part_of_day(hour, spot)
    if spot.lead(r"\b(?:it was|it's|its|was)\s+"):
        return Edit({"earlier": "late", "later": "late"}.get(text, text.replace("in the middle", "the middle")))
    return Edit(noun.get(text, text.removeprefix("in the ")) if starts(spot.left) else text)


def _hour(low: str) -> str | None:
    """Return the part of the day an hour falls in, "" where nothing says which half; nothing for no hour."""
    if re.search(r"\bmidnight\b|\bmadrugada\b", low):
        return "in the middle of the night"
    if re.search(r"\b(?:noon|midday)\b", low):
        return "around midday"
    low = re.sub(
        r"\s+in the (?:early )?morning", " am", re.sub(r"\s+(?:in the (?:afternoon|evening)|at night)", " pm", low)
    )
    figure = re.search(r"(\d{1,2})\s?[:.]?\s?(\d\d)?\s?(hrs?|hours|h)?\s*(a\.?m|p\.?m|a\b|p\b)?", low)
    if not figure:
        return (
            ""
            if re.search(
                r"o['’]?clock|\bhalf\b|quarter|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
                low,
            )
            else None
        )
    return _part_of_hour(int(figure[1]), figure[4] or "", military=bool(re.fullmatch(r"\d{4}(?:\s?h\w*)?", low)))


def _part_of_hour(hour: int, half: str, *, military: bool) -> str:
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    elif not half and not military and hour <= 12:
        return ""
    for limit, text in (
        (5, "in the middle of the night"),
        (8, "early in the morning"),
        (12, "in the morning"),
        (17, "in the afternoon"),
        (21, "in the evening"),
    ):
        if hour < limit:
            return text
    return "late in the evening"


def _part_of_day(hour: str, spot: Spot) -> str:
    return hour or ("later" if is_future(spot) else "earlier")

"""Dates, days and hours as vague time, with the preposition the sentence needs."""

# ruff: noqa: E501
# A pattern or a word list is read whole.
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from screening.results import Label
from screening.suggest.grammar import (
    DETERMINER,
    Edit,
    Spot,
    apart,
    drop,
    is_noun,
    is_verb,
    last_word,
    listed,
    modifies,
    next_word,
    starts,
)
from screening.suggest.hours import WEEKDAY, clock
from screening.suggest.tense import has_past, is_future

_PART = r"(?P<part>morning|afternoon|evening|night|lunchtime|lunch|noon|am|pm)"
_BIRTH = r"(?P<set>[,(]?\s*)\b(?:d\.?\s?o\.?\s?b\.?|date of birth|born(?:\s+on)?|birth\s?date|b-?day)(?P<link>\s+(?:is|was)|\s*[:=])?\s*"
_SESSION = listed(
    "session client patient pt intake appointment appt group visit call slot family couple meeting consult assessment eval evaluation review "
    "hearing shift clinic supervision class check-in telehealth teen kid kiddo lady guy girl boy man woman one ones"
)
_SESSION_VERBS = listed(
    "ran went is was got gets goes runs just had has starts started moved moves will would might felt feels took takes tomorrow today cancelled-out"
)


def worded(spot: Spot) -> Edit:
    """Return the edit for a date, a day or an hour."""
    ways: tuple[Callable[[Spot], Edit | None], ...] = (
        _birth_date, _big_day, _holiday, _range, _after_another, _with_year, _night_of, _possessive, _recurrent, _modifier, _own_session, clock, _after_preposition,
        _after_word, _bracketed,
    )  # fmt: skip
    edit = next((edit for way in ways if (edit := way(spot)) is not None), None) or _as_subject(spot)
    return _varied(spot, edit)


def _varied(spot: Spot, edit: Edit) -> Edit:
    """Say the second of two vague times as what it is, the later one."""
    said = spot.before.text.lower() if spot.before and spot.before.label in (Label.DATE, Label.TIME) else ""
    if edit.text in _LATER and said == edit.text:
        return replace(edit, text=_LATER[edit.text])
    if edit.text in ("recently", "the other day") and said in _LATER.values():
        return replace(edit, text="not long after" if said == "soon after" else "after that")
    return edit


_LATER = {
    "recently": "soon after", "the other day": "soon after", "soon": "after that", "in the middle of the night": "later",
    "the other night": "another night", "earlier": "later", "in the morning": "later", "in the afternoon": "later",
}  # fmt: skip


def _vague(spot: Spot) -> str:
    return "soon" if is_future(spot) else "recently" if spot.label is Label.DATE else _day(spot)


def _day(spot: Spot) -> str:
    """Return what a past day of the week becomes."""
    if part := re.search(rf"\b{_PART}\b", spot.low):
        return {"night": "the other night", "morning": "the other morning", "evening": "the other evening"}.get(
            part[1], "the other day"
        )
    return "the other day"


def _birth_date(spot: Spot) -> Edit | None:
    lead = spot.lead(_BIRTH)
    if not lead:
        return None
    if (lead["link"] or "").strip() in ("is", "was"):
        return Edit("left out")
    if lead["set"].startswith("(") and (closed := spot.tail(r"\s*\)")):
        start = len(spot.left[: lead.start()].rstrip())
        return Edit("", len(spot.left) - start, closed.end())
    if lead["set"].startswith(","):
        return spot.over(lead, "")
    return Edit("date of birth left out", len(spot.left) - lead.start() - len(lead["set"]))


def _big_day(spot: Spot) -> Edit | None:
    """Read a birthday: whose it is goes without saying."""
    if not re.fullmatch(r"(?:(?:his|her|their)\s+)?(?:\d+\w\w\s+)?(?:birthday|b-?day|anniversary)", spot.low):
        return None
    lead = spot.lead(r"\b(?P<prep>on|for)\s+(?P<whose>her|his|their)\s+")
    if said := re.match(r"(his|her|their)\s", spot.low):
        return Edit(f"a day that matters to {dict(her='her', his='him', their='them')[said[1]]}")
    if not lead:
        return Edit("special day") if spot.lead(DETERMINER) else None
    who = {"her": "her", "his": "him", "their": "them"}[lead["whose"].lower()]
    return spot.over(lead, f"{lead['prep']} a day that matters to {who}")


def _holiday(spot: Spot) -> Edit | None:
    """Read a named holiday: it stays one."""
    if spot.label is not Label.DATE or not re.search(_HOLIDAY, spot.low):
        return None
    if spot.lead(r"\b(?:spen[dt]|hates?|loves?|dreads?|survived?|celebrated?|skipped|missed|like|for)\s+"):
        return Edit("the holiday")
    lead = spot.lead(r"\b(?P<prep>on|at|over|around|before|after)\s+")
    if lead and not is_future(spot):
        kind = "the holiday" if lead["prep"].lower() in ("before", "after", "around", "over") else "a holiday"
        return spot.over(lead, f"{'on' if lead['prep'].lower() == 'at' else lead['prep'].lower()} {kind}")
    return None


_HOLIDAY = (
    r"\b(?:christmas|xmas|easter|thanksgiving|halloween|eid|diwali|deepavali|new year|mother['’]?s day|father['’]?s day|valentine|hanukkah|passover|"
    r"labou?r day|memorial day|independence day|bonfire night|st\.? patrick|good friday|boxing day|fourth of july|4th of july|holi|onam|sallah|anzac|juneteenth)"
)


def _range(spot: Spot) -> Edit | None:
    lead = spot.lead(r"\b(?:from|between)\s+")
    after = spot.after
    if (
        lead
        and after
        and after.label in (Label.DATE, Label.TIME)
        and re.fullmatch(r"\s*(?:to|and|until|till|[-–—])\s*(?:the\s+)?", after.gap)
    ):
        return spot.over(lead, "for a while")
    return None


def _after_another(spot: Spot) -> Edit | None:
    """Let the first of several times in a row speak for all."""
    before = spot.before
    if not before or before.label not in (Label.DATE, Label.TIME) or not spot.left.endswith(before.gap):
        return None
    if re.fullmatch(
        r"[\s,@(/–—-]*(?:at|on|the|of|and|&|to|or|until|till|around|from|about)?(?:\s+the)?[\s,(]*", before.gap
    ):
        return Edit("", len(before.gap), _closing(spot, before.gap))
    return None


def _closing(spot: Spot, gap: str) -> int:
    closed = spot.tail(r"\s*\)") if "(" in gap else None
    return closed.end() if closed else 0


def _with_year(spot: Spot) -> Edit | None:
    """Keep a bare year: "in March 2021" gives "in 2021"."""
    year = spot.tail(r",?\s+(?:of\s+)?(?=(?:19|20)\d\d\b)")
    if spot.label is not Label.DATE or not year:
        return None
    lead = spot.lead(r"\b(?:on|in)\s+(?:the\s+)?|\b(?P<keep>since|until|by|from|before|after)\s+(?:the\s+)?")
    if lead:
        return spot.over(lead, f"{lead['keep'].lower()} " if lead["keep"] else "in ", year.end())
    return Edit("in ", 0, year.end()) if spot.left.endswith((" ", "\n")) else None


def _night_of(spot: Spot) -> Edit | None:
    lead = spot.lead(r"\b(?:the\s+)(?P<unit>week|night|morning|day|weekend|evening|afternoon)\s+of\s+(?:the\s+)?")
    return spot.over(lead, f"that {lead['unit'].lower()}") if lead else None


def _possessive(spot: Spot) -> Edit | None:
    """Read "Tuesday's intake"."""
    mark = spot.tail(r"['’]s\b(?=\s+\w)")
    if not mark:
        return None
    if spot.lead(DETERMINER):
        return Edit("", 0, mark.end())
    kind = "an upcoming" if is_future(spot) and not has_past(spot.right) else "a recent"
    return Edit(kind, _length(spot, r"\b(?:last|next|this|on)\s+"), mark.end())


def _length(spot: Spot, pattern: str) -> int:
    found = spot.lead(pattern)
    return len(found[0]) if found else 0


def _recurrent(spot: Spot) -> Edit | None:
    if spot.tail(r"\s+every\s+(?:year|month|week)\b"):
        lead = spot.lead(r"\bon\s+(?:the\s+)?")
        return spot.over(lead, "one day") if lead else Edit("one day")
    if spot.lead(r"\bone\s+") and re.search(WEEKDAY, spot.low):
        return Edit("day")
    many = re.fullmatch(rf"{WEEKDAY}(?:\s+(?:mornings?|nights?|afternoons?|evenings?))?s|mwf|tth|weekends", spot.low)
    if every := spot.lead(r"\b(?:every|each)\s+(?:other\s+)?"):
        return spot.over(every, "every week" if re.search(WEEKDAY, spot.low) else "regularly")
    if not many:
        return None
    lead = spot.lead(r"\b(?:on|of a)\s+")
    return spot.over(lead, "every week") if lead else Edit("every week")


def _modifier(spot: Spot) -> Edit | None:
    """Read a time in front of what happens then: "my Tuesday group", "the March 3rd hearing"."""
    word = next_word(spot.right)
    if not word or (spot.after and len(spot.after.gap) < 2) or spot.lead(r"\bon an?\s+"):
        return None
    if modifies(spot) and (word in _SESSION or not is_verb(word)):
        return Edit("")
    if word in _SESSION and not spot.lead(r"\b(?:on|at|by|since|until|before|after|this|next|last)\s+"):
        return Edit(
            "an upcoming" if is_future(spot) and starts(spot.left) is False and not has_past(spot.right) else "a recent"
        )
    return None


def _own_session(spot: Spot) -> Edit | None:
    """Read "my 4pm": the person where a person acts, else the session."""
    lead = spot.lead(r"\b(?:my|our|the|this|that|her|his|their)\s+(?:(?P<which>first|last|next|new|poor|lovely)\s+)?")
    if not lead or (re.match(r"the\s", lead[0], re.IGNORECASE) and spot.label is Label.DATE):
        return _named_day(spot, lead) if lead else None
    if spot.tail(r"\s+(?:before|after)\b"):
        return Edit("week")
    if re.match(r"(?:her|his|their)\b", lead[0], re.IGNORECASE):
        return Edit("session")
    word = next_word(spot.right)
    person = is_verb(word) and word not in _SESSION_VERBS
    person = person or bool(
        spot.tail(r"\s+(?:is|was|has|just|who|and)\s+(?:an?|the|crying|late|no|cancell?ed|ghost|told|said|asked|i)\b")
    )
    return Edit(spot.client if person else "session")


def _named_day(spot: Spot, lead: re.Match[str]) -> Edit | None:
    whole = spot.lead(r"\b(?P<on>on|in|by|since|until|till|before|after|for|from)\s+the\s+")
    if whole:
        return _preposed(spot, whole, whole["on"].lower())
    if re.search(r"birthday|anniversary|b-?day", spot.low):
        return Edit("big day")
    return spot.over(lead, _vague(spot)) if lead[0].lower().startswith("the") else Edit("big day")


def _after_preposition(spot: Spot) -> Edit | None:
    months = r"in|" if spot.label is Label.DATE else ""
    lead = spot.lead(
        rf"\b(?P<prep>on|{months}since|by|until|till|til|before|after|for|from|of|at|around|to|during|over)\s+(?:the\s+|a\s+)?(?:early |late |mid[- ]?|(?:start|end|beginning|middle) of )?"
    )
    return _preposed(spot, lead, lead["prep"].lower()) if lead else None


def _preposed(spot: Spot, lead: re.Match[str], word: str) -> Edit:
    future = is_future(spot)
    if word in ("on", "in", "at", "around", "during", "over"):
        return _on(spot, lead)
    text = {
        "since": _since(spot, lead),
        "by": "by then" if not future and has_past(spot.left) else "soon",
        "before": "before long" if future and not starts(spot.left[: lead.start()]) else "before that day",
        "after": "after that day",
        "for": "for later on"
        if future or spot.lead(r"\b(?:scheduled|booked|set|planned|moved|rescheduled)\s+for\s+(?:the\s+)?")
        else "for a day",
        "from": "from some time ago" if not future else "from soon on",
        "of": "of late",
        "to": "to another day",
    }.get(word, "for a while yet")
    if word in ("until", "till", "til") and not future:
        text = "for a while"
    if text == "for a while yet" and spot.lead(r"\b(?:has|have|had)\s+(?:until|till|til)\s+(?:the\s+)?"):
        text = "a little while"
    return spot.over(lead, text)


def _since(spot: Spot, lead: re.Match[str]) -> str:
    """Return how long: a state that lasts lasts "for a while now", deeds happened "lately"."""
    clause = re.split(r"[.!?,;\n]\s", spot.left[: lead.start()])[-1]
    if re.search(r"\bonly been\b", clause, re.IGNORECASE):
        return "for a little while"
    counted = re.search(r"\b(?:once|twice|times|first time|again|\d+ \w+|anything|anyone)\s*$", clause, re.IGNORECASE)
    lasting = re.search(_LASTING, clause, re.IGNORECASE) or not clause.strip()
    if spot.label is Label.DATE:
        return "for a while now" if lasting and not counted else "lately"
    return "for days now" if lasting and not counted else "in the last few days"


_LASTING = r"n['’]t\b|\b(?:has|have|did|is|was|ca|wo)nt\b|\b(?:not|never|no|nobody|nothing|sober|clean|dry|been|out|off|away|seeing|without|gone)\b"


def _on(spot: Spot, lead: re.Match[str]) -> Edit:
    """Read "on" and its like; behind "is" and "was" the day itself is what is said."""
    told = re.search(r"(?:\b(?P<verb>is|are|was|were)|(?P<short>['’]s))\s+$", spot.left[: lead.start()], re.IGNORECASE)
    if told and re.search(r"[.,!?;)\n]|\s(?:and|but|so|in|at|with)\b|$", spot.right[:12]):
        return spot.over(lead, "coming up" if (told["verb"] or "is").lower() in ("is", "are") else "not long ago")
    if spot.label is Label.DATE and re.search(r"birthday|b-?day|bday", spot.low):
        return spot.over(lead, "on a big day")
    if starts(spot.left[: lead.start()]) and spot.tail(r"\s+[a-z]") and not spot.tail(r"\s*,"):
        return spot.over(lead, "soon" if is_future(spot) else "recently")
    beside = last_word(spot.left[: lead.start()]) in ("in", "out", "off", "up", "over", "down", "on")
    return spot.over(lead, "recently" if beside and not is_future(spot) else _vague(spot))


def _after_word(spot: Spot) -> Edit | None:
    """Read "last Thursday", "next March", "this Friday"."""
    lead = spot.lead(r"\b(?:on\s+)?(?P<which>last|next|this|that|this past|this coming|early|late|mid)\s+")
    if not lead:
        return None
    which = lead["which"].lower()
    if since := spot.lead(r"\bsince last\s+"):
        return spot.over(since, "for a while now")
    if which == "next" and next_word(spot.right) in ("is", "was", "will", "would", "could", "might"):
        return spot.over(lead, "next week")
    if which in ("next", "this coming") or (which == "this" and is_future(spot)):
        return spot.over(lead, "soon")
    return spot.over(lead, "recently")


def _bracketed(spot: Spot) -> Edit | None:
    if (spot.lead(r"\(") and spot.tail(r"\s*\)")) or (apart(spot) and spot.lead(r",\s*")):
        return drop(spot)
    return None


def _as_subject(spot: Spot) -> Edit:
    """Read a time without a preposition: the subject, a copula's complement, or an adverb."""
    word = next_word(spot.right)
    if told := re.search(r"(?:\b(?P<verb>is|are|was|were)|(?P<short>['’]s))\s+$", spot.left, re.IGNORECASE):
        return Edit("coming up" if (told["verb"] or "is").lower() in ("is", "are") else "not long ago")
    if starts(spot.left) and word in ("was", "is", "has", "had", "felt", "went"):
        return Edit("that day" if spot.label is Label.DATE else "the other day")
    if starts(spot.left) and not is_noun(word) and spot.label is Label.TIME and spot.tail(r"\s*[.:\n]|$"):
        return Edit("the other day")
    beside = last_word(spot.left) in ("in", "out", "off", "up", "over", "down", "on")
    return Edit("recently" if beside and not is_future(spot) else _vague(spot))

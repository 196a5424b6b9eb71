"""Rules for dates, for the day or hour of a session, and for ages."""

from __future__ import annotations

import re

from screening.results import Label
from screening.rules import Rule

_SAFE_HARBOR = "45 CFR 164.514(b)(2)(i)(C)"
DATE_REASON = "A date can be matched with records, news or a calendar; say roughly when instead (Safe Harbor item C)."
TIME_REASON = "The day or hour of a session tells those who know the diary who was there; 'recently' is enough."
AGE_REASON = "An exact age narrows people down together with other details; an age band is enough."
OLD_AGE_REASON = "An age over 89 is rare enough to identify on its own; 'very old' is enough (Safe Harbor item C)."

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_FULL_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_CLOCK = (
    r"(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|(?:[01]?\d|2[0-3]):[0-5]\d|noon|midday|midnight)"
)
_SESSION = r"(?:session|intake|appointment|appt|client|patient|pt|group|consult|visit|call|slot|family|couple|kid|hour|assessment|eval|evaluation|meeting|ward round|clinic|check-?in|follow-?up|review|hearing|discharge|admission|shift)"
_ORDINAL_WORDS = (
    r"(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_AGE_WORDS = rf"(?:(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS})"
_AGE = r"(?:1[01]\d|[1-9]?\d)"


RULES = (
    Rule(
        "numeric date",
        Label.DATE,
        re.compile(
            rf"(?<![\w/.\-$£€])(?:{_DAY}[/.\-](?:{_DAY})[/.\-](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/]{_DAY})(?![\w/%]|[.\-]\d)"
        ),
        DATE_REASON,
        f"{_SAFE_HARBOR}; ISO 8601 and the national short forms",
        finds=("DOB 4/2/88", "since 14.10.2023", "on 2024-03-07"),
        spares=("24/7/365 care", "v 1.2.3.4", "120/80", "10/10 would"),
        check=lambda text: not text.startswith("24/7"),
        score=0.95,
    ),
    Rule(
        "day and month in figures",
        Label.DATE,
        re.compile(
            rf"\b(?:on|since|until|till|by|from|before|after|of|dated?|due|born|dob|for the)\s+(?P<it>(?:(?:0?[1-9]|1[0-2])/{_DAY}|{_DAY}/(?:0?[1-9]|1[0-2])))(?![\w/%]|\s*(?:on|of|for|pain|in))",
            re.IGNORECASE,
        ),
        DATE_REASON,
        _SAFE_HARBOR,
        finds=("seen on 10/14", "born 3/9"),
        spares=("7/10 pain", "scored 9/10 on it", "by 1/3 of them"),
        check=lambda text: text not in {"1/2", "1/3", "2/3", "1/4", "3/4"},
        score=0.85,
    ),
    Rule(
        "month and day",
        Label.DATE,
        re.compile(
            rf"\b{_MONTH}\.?\s+(?:the\s+)?(?:{_DAY}(?:st|nd|rd|th)?|{_ORDINAL_WORDS})(?:,?\s+(?:19|20)\d\d)?\b(?![:%/]|\s?(?:mg|am|pm|minutes|kids|people|years|hours|clients|sessions))"
            rf"|\b(?:the\s+)?(?P<late>{_DAY}(?:st|nd|rd|th)?)\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:19|20)\d\d)?\b",
            re.IGNORECASE,
        ),
        DATE_REASON,
        _SAFE_HARBOR,
        finds=("March 3rd was it", "on 3 March 2021", "the 21st of June", "Oct 14", "dec twelfth"),
        spares=("may 2 people come", "in May", "mar 4 life"),
        check=lambda text: not re.match(r"(?:mar|may|sun)\s+\d{1,2}$", text),
        score=0.93,
    ),
    Rule(
        "month and year",
        Label.DATE,
        re.compile(rf"\b{_MONTH}\.?,?\s+(?:of\s+)?(?:(?:19|20)\d\d|'\d\d)\b", re.IGNORECASE),
        DATE_REASON,
        _SAFE_HARBOR,
        finds=("admitted in June 2023", "Sept '22"),
        spares=("in 2023",),
        score=0.9,
    ),
    Rule(
        "month of an event",
        Label.DATE,
        re.compile(
            r"\b(?:(?:was|were|is|are|died|passed|born|happened|moved|discharged|admitted|arrested|left|started|released|married|divorced|attempted|relapsed|overdosed|diagnosed|due|back|since|anniversary)\b[^.!?\n]{0,30}?\b(?:in|since|last|this past)\s+)"
            r"(?P<it>January|February|March|April|May|June|July|August|September|October|November|December)\b"
        ),
        DATE_REASON,
        _SAFE_HARBOR,
        finds=("her dad died in March", "was released last October"),
        spares=("in May I rest", "January is brutal"),
        score=0.62,
    ),
    Rule(
        "day of the month",
        Label.DATE,
        re.compile(
            r"\b(?:on|since|until|till|by)\s+the\s+(?P<it>\d{1,2}(?:st|nd|rd|th))\b(?!\s+(?:floor|grade|day|week|session|time|step|century|ward|visit|of))",
            re.IGNORECASE,
        ),
        DATE_REASON,
        _SAFE_HARBOR,
        finds=("court is on the 14th",),
        spares=("on the 4th floor", "by the 3rd session"),
        score=0.8,
    ),
    Rule(
        "clock time of a session",
        Label.TIME,
        re.compile(
            rf"\b(?:my|our|the|this|that|a|his|her|their|{_FULL_WEEKDAY})\s+(?P<it>{_CLOCK}|(?:[1-9]|1[0-2])(?=\s+o'?clock)(?:\s+o'?clock))(?=\W|$)",
            re.IGNORECASE,
        ),
        TIME_REASON,
        "annotation: the day or hour of the session, narrower than a week",
        finds=("my 4pm cried", "the 10:30 never came", "my 3 o'clock"),
        spares=("by 5pm I was home", "my 4 kids"),
        score=0.85,
    ),
    Rule(
        "clock time beside a session word",
        Label.TIME,
        re.compile(rf"(?P<it>\b{_CLOCK})\s+{_SESSION}\b", re.IGNORECASE),
        TIME_REASON,
        "annotation: the day or hour of the session, narrower than a week",
        finds=("two 9am intake", "a 4:30 session"),
        spares=("at 4pm traffic",),
        score=0.82,
    ),
    Rule(
        "weekday of a session",
        Label.TIME,
        re.compile(
            rf"\b(?P<it>(?:(?:last|this|next|every|on)\s+)?{_FULL_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?)(?:'s)?\s+(?:\d{{1,2}}(?::\d\d)?\s?(?:am|pm)?\s+)?{_SESSION}\b",
            re.IGNORECASE,
        ),
        TIME_REASON,
        "annotation: the day or hour of the session, narrower than a week",
        finds=("Tuesday's intake", "my Friday client", "last Thursday session"),
        spares=("on Sunday I rest",),
        score=0.82,
    ),
    Rule(
        "age with its unit",
        Label.AGE,
        re.compile(
            rf"\b(?P<it>(?:{_AGE}\s(?:years?|yrs?)\s(?:and\s)?)?(?:{_AGE}|{_AGE_WORDS}))(?:\s|-|‐)?(?:y/?\s?o\b|y\.o\.|yrs?(?:\s|-)?old\b|years?(?:\s|-)?old\b|year(?:\s|-)olds?\b|yr(?:\s|-)olds?\b|y/o\b|mo(?:nths?)?(?:\s|-)old\b|m/o\b|weeks?(?:\s|-)old\b)",
            re.IGNORECASE,
        ),
        AGE_REASON,
        f"annotation: an exact age; {_SAFE_HARBOR}",
        finds=("a 34-year-old man", "14yo kid", "she is 7 years old", "an eight year old", "72 y/o", "9 month old"),
        spares=("20 years of work", "5 years in this job"),
        score=0.9,
    ),
    Rule(
        "age with sex",
        Label.AGE,
        re.compile(r"(?<![\w.$/-])(?P<it>[1-9]\d)\s?,?\s?(?:[MF]|male|female)\b(?![-/.]\w)"),
        AGE_REASON,
        "Common clinical shorthand (34F, 67M)",
        finds=("34F with chest pain", "a 67 M"),
        spares=("3 F codes",),
        score=0.75,
    ),
    Rule(
        "age as said",
        Label.AGE,
        re.compile(
            rf"\b(?:(?:he|she|they|client|pt|patient|kid|son|daughter|who)(?:'s|'re|s|\s+is|\s+are|\s+was|\s+were)?\s+(?:just\s+|only\s+|barely\s+|about to be\s+|now\s+|almost\s+|nearly\s+)?|(?<!i'm )(?<!i am )(?:turn(?:s|ed|ing)|aged?|age\s+of|age:)\s+)(?P<it>1[01]\d|[1-9]\d|{_AGE_WORDS})(?=\s*(?:[,.;!?)]|$|and\b|but\b|\n|next\b|this\b|today\b|with\b|years\s+young))",
            re.IGNORECASE,
        ),
        AGE_REASON,
        f"annotation: an exact age; {_SAFE_HARBOR}",
        finds=("she's 34, and", "turning 40 next week", "aged 52."),
        spares=("he is one of them", "they were two hours late", "she is ten minutes late"),
        score=0.8,
    ),
    Rule(
        "age in brackets",
        Label.AGE,
        re.compile(
            r"\b(?:[A-Z][\w'’-]+|[Cc]lient|[Pp]atient|[Pp]t|[Kk]id|[Ss]on|[Dd]aughter|[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl)\s\((?P<it>[1-9]\d?)(?:\s?[MFmf])?\)"
        ),
        AGE_REASON,
        "annotation: an exact age",
        finds=("Sarah (34) came", "my client (19) left"),
        spares=("(12)", "code (123)", "it helped (10)"),
        score=0.85,
    ),
    Rule(
        "year of birth",
        Label.AGE,
        re.compile(r"\b(?:born(?:\s+in)?|b\.)\s+(?P<it>(?:19|20)\d\d)\b", re.IGNORECASE),
        AGE_REASON,
        "annotation: birth year",
        finds=("born in 1998",),
        spares=("born again",),
        score=0.9,
    ),
    Rule(
        "any small number",
        Label.AGE,
        re.compile(
            rf"(?<![\w.,:/$£€#+-])(?P<it>{_AGE}|{_AGE_WORDS})(?![\w%/:+]|[.,]\d|-?\s?(?:mg|ml|mcg|kg|lbs?|%|percent|min(?:ute)?s?|hours?|hrs?|sessions?|times|weeks?|dollars|quid|bucks|k)\b)",
            re.IGNORECASE,
        ),
        AGE_REASON,
        "annotation: an exact age; loose, the weigher decides",
        finds=("little guy's four with an abscess", "Pt is 93, first"),
        spares=("50 mg", "60%", "3:15", "20 minutes"),
        score=0.2,
    ),
    Rule(
        "any hour or weekday",
        Label.TIME,
        re.compile(
            rf"\b(?P<it>(?:(?:last|next|this|every)\s+)?{_WEEKDAY}s?\b(?:\s+(?:morning|afternoon|arvo|evening|night))?(?:\s+(?:at\s+)?{_CLOCK})?|{_CLOCK}|(?:half|quarter)\s(?:past|to)\s\w+|\d{{1,2}}\s?o'?clock|[0-2]\d[0-5]\d(?=\s?h(?:rs)?\b))",
            re.IGNORECASE,
        ),
        TIME_REASON,
        "annotation: the day or hour of the session or event; loose, the weigher decides",
        finds=("on thurs", "half past six", "he rang at 3am"),
        spares=("the sunny side", "half of them"),
        score=0.2,
    ),
    Rule(
        "any part of a date",
        Label.DATE,
        re.compile(
            rf"\b(?P<it>(?:(?:early|mid|late|(?:first|second|third|last|end|start|middle|beginning)(?: (?:week|weekend|night|day|days|half|part))? of)[- ])?(?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:the\s)?{_DAY}(?:st|nd|rd|th)|(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|[12]\d|3[01])|(?:jan|feb|apr|jul|aug|sept?|oct|nov|dec))\b(?![/%:]|[.,]\d)",
            re.IGNORECASE,
        ),
        DATE_REASON,
        "annotation: a calendar date or part of one; loose, the weigher decides",
        finds=("back in october", "due the 14th", "seen 10/14"),
        spares=("24/7/365",),
        score=0.2,
    ),
)

# What belongs to an age behind its figure: 7 year old, 41 years, 7 years 2 months, 14yo, 3-day-old.
AGE_UNIT = re.compile(
    r"[-\s]?(?:y/?o|y\.o\.?|m/o|yrs?|years?|mo(?:nth)?s?|weeks?|days?)\b(?:\s\d{1,2}\s(?:mo(?:nth)?s?|weeks?|days?)\b)?(?:[-\s]olds?\b)?",
    re.IGNORECASE,
)
# What a detail of a label must hold to be one: a figure or a word for it.
_FIGURE = re.compile(rf"\d|\b(?:{_UNITS}|{_TEENS}|{_TENS}|{_ORDINAL_WORDS}|zero|oh|nil|double|hundred)", re.IGNORECASE)

_DAY_WORD = re.compile(
    rf"\b(?:{_MONTH}|{_WEEKDAY}s?|birth ?days?|bday|anniversar\w+|new year\w*|eve|christmas|xmas|easter|halloween|thanksgiving|"
    r"\w+ (?:day|night|eve|week)|\w+mas|eid|diwali|ramadan|hanukkah|passover|lent|solstice|equinox|full moon|holidays?)\b",
    re.IGNORECASE,
)


def has_figure(words: str) -> bool:
    """Say whether a figure stands in ``words``, in digits or spelled out."""
    return _FIGURE.search(words) is not None


def names_a_day(words: str) -> bool:
    """Say whether a month, a weekday or a word for a day that is kept stands in ``words``."""
    return _DAY_WORD.search(words) is not None

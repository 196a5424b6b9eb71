"""Details that identify by their company: unusual words, names by lexicon and cue, and whose detail each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from screening.entities import REASONS
from screening.features import Words
from screening.lexicons import Lexicons
from screening.results import DIRECT_LABELS, Label
from screening.rules import Candidate, Rule
from screening.unmask import Unmasked

_NUMBER = r"(?:[3-9]|1\d|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)"
_CHILDREN = r"(?:kids?|children|sons|daughters|boys|girls|babies|siblings|brothers|sisters|grandkids|grandchildren)"

RULES = (
    Rule(
        "initials",
        Label.NAME,
        re.compile(r"(?<![\w.])(?P<it>(?:[A-Z]\.\s?){1,2}[A-Z]\b\.?)(?!\w)"),
        REASONS[Label.NAME],
        "annotation: initials are a name; loose, the weigher decides",
        finds=("J.T. came", "had R. M. on the ward"),
        spares=("U.S. law", "at 4 P.M. sharp", "Vitamin D. Yes"),
        check=lambda text: (
            text.replace(" ", "").upper().rstrip(".")
            not in {"U.S", "U.K", "P.M", "A.M", "E.G", "I.E", "U.S.A", "D.C", "L.A", "N.B", "P.S"}
        ),
        score=0.3,
    ),
    Rule(
        "only one",
        Label.UNIQUE,
        re.compile(
            r"\b(?P<it>(?:the\s+)?(?:only|sole|first(?:\s+ever)?|youngest|oldest|last)\s+(?:(?!one|thing|way|time|reason|part|person who|difference|good|problem|question|session|day|step|week|year|few|two|three|minute|hour|line|word)[\w'’-]+\s+){1,3}?(?:in\s+(?:the|her|his|their|our|this|that)\s+(?:\w+\s+)?(?:county|town|village|school|district|parish|church|company|department|team|state|country|class|family|unit|hospital|community|city|area|program|programme|year|history)|to\s+(?:ever\s+)?\w+))",
            re.IGNORECASE,
        ),
        REASONS[Label.UNIQUE],
        "annotation: words that say there is only one such person",
        finds=("he is the only Black teacher in the district", "the first woman in the county to win"),
        spares=("the only thing that helps", "the first time I cried", "the only way to cope"),
        score=0.75,
    ),
    Rule(
        "number of children",
        Label.FAMILY,
        re.compile(
            rf"\b(?P<it>{_NUMBER}\s+(?:(?:young|small|little|adopted|foster|other)\s+)?{_CHILDREN}(?:\s+under\s+\w+)?)\b",
            re.IGNORECASE,
        ),
        REASONS[Label.FAMILY],
        "annotation: a count that narrows",
        finds=("she has five kids under 6", "raising 7 children alone"),
        spares=("two kids", "one son"),
        score=0.6,
    ),
    Rule(
        "parent of many",
        Label.FAMILY,
        re.compile(
            r"\b(?P<it>(?:mother|father|mum|mom|dad|parent|grandmother)\s+of\s+(?:triplets|twins|quadruplets|(?:[4-9]|1\d|four|five|six|seven|eight|nine|ten))|(?:third|fourth|fifth|sixth|3rd|4th|5th)\s+(?:wife|husband|marriage|divorce))\b",
            re.IGNORECASE,
        ),
        REASONS[Label.FAMILY],
        "annotation: an unusual family shape",
        finds=("a mother of triplets", "his third wife"),
        spares=("mother of two",),
        score=0.8,
    ),
    Rule(
        "tattoo or scar",
        Label.HEALTH,
        re.compile(
            r"\b(?P<it>(?:(?!the|his|her|their|my|got|new|first)\w+\s+)?(?:face|neck|chest|sleeve|knuckle|forehead|swan|dragon|skull|rose|butterfly|teardrop)\s+tattoos?(?:\s+(?:on|across|over)\s+(?:the|his|her|their)\s+\w+)?|\w+\s+tattoos?\s+(?:on|across|over)\s+(?:the|his|her|their)\s+\w+)\b",
            re.IGNORECASE,
        ),
        REASONS[Label.HEALTH],
        "annotation: a visible mark",
        finds=("with a swan tattoo on the neck",),
        spares=("I want a tattoo",),
        score=0.75,
    ),
    Rule(
        "in the news",
        Label.EVENT,
        re.compile(
            r"\b(?P<it>(?:was|were|been|is)\s+(?:all over|on|in)\s+(?:the\s+)?(?:(?:local|national|evening|front page of the)\s+)?(?:news|paper|papers|tv|headlines|front page)|won\s+the\s+(?:lottery|lotto|powerball)|(?:his|her|their)\s+ted\s?x?\s+talk|went\s+viral)\b",
            re.IGNORECASE,
        ),
        REASONS[Label.EVENT],
        "annotation: something that was public, newsworthy or singular",
        finds=("the crash was all over the news", "she won the lottery", "his TED talk"),
        spares=("I watched the news", "the news is bad"),
        score=0.7,
    ),
)

# Commonness classes from here on are rare enough for a capital to mean a name ("Maria", in a dictionary as a plural of mare).
_UNUSUAL = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_HASHTAG_PIECE = re.compile(
    r"(?:(?i:pray(?:ers)?for|justicefor|for|save|team|rip|bring|find|remember|free|love)_?)?(?P<it>[A-Z]?[a-z]{2,}|[A-Z]{2,})(?=[A-Z_\d]|\b)"
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays "
    "january february march april may june july august september october november december christmas easter".split()
)
_SENTENCE_ENDS = frozenset((".", "!", "?", "…", "...", ":", "\n", "\n\n", '"', "“", "-", "–", "—", "(", "*", "•"))
_PLACE_CUES = frozenset("in from near to outside of around across at".split())
_TITLES = frozenset("mr mrs ms miss mx mr. mrs. ms. mx. mister missus sir madam auntie aunty uncle".split())
_KIN_OF_AUTHOR = r"(?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|son|daughter|kids?|children|mum|mom|mam|mother|dad|father|brother|sister|nan|gran|grandma|grandpa|grandmother|grandfather|dog|cat|puppy|toddler|baby|niece|nephew|in-laws?|mother-in-law|father-in-law|family|supervisor|therapist|roommate|flatmate|best friend|friend|spouse|hubby)"
# The clause says it is the author's own: "I'm 34", "as a nurse myself", "my own daughter turned 7", "my husband is".
_AUTHORS_OWN = re.compile(
    rf"\b(?:i\s*['’]?\s*a?m|i\s+was|i\s+turn(?:ed)?|when\s+i\s+was|as\s+an?|i\s+have|i['’]ve|i\s+work(?:ed)?\s+as|my\s+own|we['’]?re|we\s+are|my\s+{_KIN_OF_AUTHOR}|myself|being\s+an?|become|became)\b(?![^.!?\n]*\b(?:client|patient|pt|he|she|they|his|her|their)\b)[^.!?\n]*$",
    re.IGNORECASE,
)
_NOT_WHEN_OWN = frozenset(
    {Label.AGE, Label.OCCUPATION, Label.DEMOGRAPHIC, Label.FAMILY, Label.HEALTH, Label.TIME, Label.UNIQUE, Label.DATE}
)


def is_authors_own(candidate: Candidate, text: str) -> bool:
    """Say whether the words before the candidate, in its sentence, make it the author's own detail."""
    if candidate.label not in _NOT_WHEN_OWN:
        return False
    return bool(_AUTHORS_OWN.search(text[max(0, candidate.start - 120) : candidate.start]))


def names_and_places(doc: Doc, lexicons: Lexicons) -> Iterator[Candidate]:
    """Yield words that the lexicons know as names or places; loose: the tagger's doubt decides with the cue."""
    words = Words.of(doc)
    lows = [low.removesuffix("'s") for low in words.lows]
    shouting = sum(t.isupper() and len(t) > 1 for t in words.texts) > len(words.texts) * 0.5
    for i, text in enumerate(words.texts):
        low, before = lows[i], lows[i - 1] if i else ""
        initial = len(text.rstrip(".")) == 1 and text[0].isupper() and before in _TITLES
        silent = len(low) < 2 or not low[0].isalpha() or low in lexicons.never or low in lexicons.diagnoses
        if silent and not initial:
            continue
        capital = text[0].isupper() and not shouting and not (text.isupper() and len(text) < 6)
        name, place = _name_score(low, before, capital, lexicons), _place_score(low, before, capital, lexicons)
        if name or place:
            label, score = (Label.LOCATION, place) if place > name else (Label.NAME, name)
            yield Candidate(words.starts[i], words.ends[i], label, score, "lexicon", REASONS[label])
    yield from _named_places(doc, lexicons)
    if not shouting:
        yield from _capitals(words, lexicons)


def _capitals(words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Yield words with a capital that no sentence gave them; the weigher decides."""
    for i in range(1, len(words.texts)):
        text, low, before = words.texts[i], words.lows[i], words.texts[i - 1]
        if not (text[0].isupper() and text.isalpha()) or before in _SENTENCE_ENDS or text.isupper():
            continue
        if low not in CALENDAR and low not in lexicons.regions and low not in lexicons.never:
            yield Candidate(words.starts[i], words.ends[i], Label.NAME, 0.2, "capital", REASONS[Label.NAME])


def _name_score(low: str, before: str, capital: bool, lexicons: Lexicons) -> float:
    if before in _TITLES and capital:
        return 0.85
    ordinary = low in lexicons.ambiguous_names or lexicons.common.get(low, 9) < _UNUSUAL or low in lexicons.holidays
    known = low in lexicons.first_names or low in lexicons.nicknames
    if not known:
        strange = len(low) > 2 and low.isalpha() and low not in lexicons.common and not _is_no_name(low, lexicons)
        return 0.55 if capital and strange else 0.0
    score = {(True, True): 0.35, (True, False): 0.0, (False, True): 0.85, (False, False): 0.4}[(ordinary, capital)]
    if low in lexicons.places and before in _PLACE_CUES:
        return min(score, 0.5)
    return score + 0.15 if score > 0 and before in lexicons.person_cues else score


def _is_no_name(low: str, lexicons: Lexicons) -> bool:
    """Words that always have a capital without naming somebody: days, months, peoples, countries, brands."""
    known = low in lexicons.regions or low in lexicons.demographics or low in lexicons.organisations
    return known or low in CALENDAR or low in lexicons.holidays or low.endswith(("ian", "ese", "ish", "ists"))


def _place_score(low: str, before: str, capital: bool, lexicons: Lexicons) -> float:
    if low not in lexicons.places or low in lexicons.regions or low in lexicons.common:
        return 0.0
    near = before in _PLACE_CUES
    return (0.7 if capital else 0.3) + (0.15 if near else 0.0)


def hidden_words(plain: Unmasked, lexicons: Lexicons) -> Iterator[Candidate]:
    """Yield words that were disguised and are no ordinary ones: nobody hides a word without a reason."""
    hidden = iter(plain.disguised)
    start, end = next(hidden, (len(plain.text), 0))
    for word in _WORD.finditer(plain.text):
        while end <= word.start() and start < len(plain.text):
            start, end = next(hidden, (len(plain.text), 0))
        low = word[0].lower()
        if start < word.end() and (lexicons.is_name(low) or lexicons.common.get(low, 9) >= _UNUSUAL):
            yield Candidate(*word.span(), Label.NAME, 0.6, "hidden", REASONS[Label.NAME])


def hashtags(text: str, lexicons: Lexicons) -> Iterator[Candidate]:
    """Yield names and places inside a hashtag: #PrayForMaya, #justiceformaya."""
    for tag in re.finditer(r"#(\w{3,60})", text):
        for piece in _HASHTAG_PIECE.finditer(text, tag.start(1), tag.end(1)):
            low = piece["it"].lower()
            unusual = lexicons.common.get(low, 9) >= _UNUSUAL
            if unusual and (lexicons.is_name(low) or low in lexicons.places):
                yield Candidate(*piece.span("it"), Label.NAME, 0.6, "hashtag", REASONS[Label.NAME])


def _named_places(doc: Doc, lexicons: Lexicons) -> Iterator[Candidate]:
    """Runs of capital words that end in a kind of place or organisation ("Elm Street", "Lincoln Elementary")."""
    words = Words.of(doc)
    texts = words.texts
    capital = [text[0].isupper() for text in texts]
    i = 0
    while i < len(texts):
        if not (capital[i] and texts[i].isalpha()):
            i += 1
            continue
        end = i + 1
        while end < len(texts) and (capital[end] or texts[end] in ("'s", "&", "of", "-")) and end - i < 6:
            end += 1
        last = texts[end - 1].lower()
        if end - i > 1 and texts[i].lower() not in ("the", "my", "our", "a", "i"):
            label = (
                Label.LOCATION if last in lexicons.place_kinds else Label.ORG if last in lexicons.org_kinds else None
            )
            if label and doc[i:end].text.lower() not in lexicons.never:
                yield Candidate(words.starts[i], words.ends[end - 1], label, 0.6, "kind", REASONS[label])
        i = end


def risk(labels: Iterable[Label]) -> float:
    """Return from 0 to 1 how identifying details of these labels are together.

    Each distinct contextual class leaves a fraction of the people who fit; the fractions multiply, as in
    Rocher et al. 2019 (Nature Communications 10:3069), where 15 attributes made 99.98 % unique. One direct
    identifier is enough for 1. The fractions are rough orders of magnitude, not measured.
    """
    distinct = set(labels)
    if distinct & DIRECT_LABELS:
        return 1.0
    remaining = 1.0
    for label in distinct:
        remaining *= _FRACTION.get(label, 1.0)
    return round(1 - remaining, 3)


_FRACTION = {
    Label.AGE: 0.7,
    Label.TIME: 0.8,
    Label.OCCUPATION: 0.6,
    Label.DEMOGRAPHIC: 0.6,
    Label.FAMILY: 0.6,
    Label.HEALTH: 0.5,
    Label.EVENT: 0.3,
    Label.UNIQUE: 0.2,
}

"""Whether a sentence speaks of what was or of what is still to come."""

# ruff: noqa: E501
# A pattern or a word list is read whole.
from __future__ import annotations

import re

from screening.suggest.grammar import Spot

_FUTURE = (
    r"(?:was|were) (?:leaving|moving|going|starting|coming|getting|flying|retiring|closing)|will|would|['’]ll|['’]d|see you|gonna|going to|due|scheduled|booked|set for|set|starts?|begins?|coming|goes|heads|upcoming|until|till|moves|moving|has to|have to|needs? to|"
    r"wants? to|can|could|should|plan\w*|deadline|if|next|supposed|tomorrow|hopefully|before|get\w* out|comes out|is|are|am"
)
_PAST = r"was|were|had|did|didn['’]?t|came|went|left|lost|died|got|said|told|cried|took|saw|met|gave|ran|found|sat|been|began|broke|hit|spoke|wrote|rang|heard|brought|threw|fell|sent|\w{2,}ed|ago|since"
_TENSE = re.compile(
    rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b|(?P<short>['’]ll|\b(?:s?he|it|that|who|there|what|i)['’][sm])(?=\s)",
    re.IGNORECASE,
)
_PASTISH = re.compile(rf"\b(?:{_PAST})\b", re.IGNORECASE)


def is_future(spot: Spot) -> bool:
    """Say whether the sentence around speaks of what is still to come."""
    sentence = re.split(r"[.!?\n;]\s", spot.left)[-1]
    if spot.tail(r"\s+(?:i|he|she|they|we|it|you)\s"):
        sentence = spot.right
    cues = list(_TENSE.finditer(sentence)) or list(_TENSE.finditer(re.split(r"[.!?\n;]", spot.right)[0]))[:1]
    return bool(cues) and cues[0 if sentence is spot.right else -1]["past"] is None


def has_past(words: str) -> bool:
    """Say whether a past form stands somewhere in ``words``."""
    return _PASTISH.search(words) is not None

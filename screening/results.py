"""The frozen values that the screening engine hands to everyone else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What kind of identifying detail a finding is."""

    NAME = "NAME"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    URL = "URL"
    HANDLE = "HANDLE"
    IP = "IP"
    ID = "ID"
    LOCATION = "LOCATION"
    DATE = "DATE"
    ORG = "ORG"
    AGE = "AGE"
    TIME = "TIME"
    OCCUPATION = "OCCUPATION"
    DEMOGRAPHIC = "DEMOGRAPHIC"
    FAMILY = "FAMILY"
    HEALTH = "HEALTH"
    EVENT = "EVENT"
    UNIQUE = "UNIQUE"


class Tier(StrEnum):
    """How much one detail gives away: ``direct`` alone, ``contextual`` in combination."""

    DIRECT = "direct"
    CONTEXTUAL = "contextual"


class Verdict(StrEnum):
    """What may happen to the draft: post it, let the author decide, or never show it as it is."""

    CLEAR = "clear"
    CAUTION = "caution"
    HOLD = "hold"


class Strictness(StrEnum):
    """When contextual details ask for the author's attention: any (standard) or two kinds together (relaxed)."""

    STANDARD = "standard"
    RELAXED = "relaxed"


DIRECT_LABELS = frozenset(
    {
        Label.NAME,
        Label.PHONE,
        Label.EMAIL,
        Label.URL,
        Label.HANDLE,
        Label.IP,
        Label.ID,
        Label.LOCATION,
        Label.DATE,
        Label.ORG,
    }
)


# A group's moderators may allow a word, never a number or an address that belongs to somebody.
NEVER_ALLOWED = frozenset({Label.PHONE, Label.EMAIL, Label.ID, Label.URL, Label.IP, Label.HANDLE})
_LOOKS_LIKE_A_NUMBER = re.compile(r"\d\D*\d\D*\d|@|://")


class NotAllowable(ValueError):
    """A term cannot be allowed: it is a number or an address, or empty. The message does not repeat it."""


def tier_of(label: Label) -> Tier:
    """Return the tier a label has by default (an age over 89 is direct all the same)."""
    return Tier.DIRECT if label in DIRECT_LABELS else Tier.CONTEXTUAL


@dataclass(frozen=True, slots=True)
class Finding:
    """One identifying detail.

    ``start`` and ``end`` are string indices into the draft as its author wrote it;
    ``score`` is the engine's confidence from 0 to 1. The detail's words are not kept here.
    """

    start: int
    end: int
    label: Label
    tier: Tier
    reason: str
    replacement: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Allowed:
    """A term that a group's moderators judged harmless, in any case: under every label, or under one alone.

    Raises: NotAllowable: the term holds three digits, an @ or a link, or the label is a number's or an address's.
    """

    term: str
    label: Label | None = None

    def __post_init__(self) -> None:
        if not self.term.strip():
            raise NotAllowable("There is no term to allow.")
        if self.label in NEVER_ALLOWED or _LOOKS_LIKE_A_NUMBER.search(self.term):
            raise NotAllowable("Numbers and addresses that may belong to somebody can never be allowed.")

    def covers(self, words: str, label: Label) -> bool:
        """Say whether a finding of ``label`` with these ``words`` is allowed."""
        return self.label in (None, label) and words.casefold() == self.term.strip().casefold()


@dataclass(frozen=True, slots=True)
class Context:
    """What the caller knows and the draft does not say.

    ``peers`` are display names of colleagues in the group, ``allowed`` terms that the
    group's moderators judged harmless, ``region`` an ISO 3166 country code that decides
    how a number without a country code is read.
    """

    peers: tuple[str, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    region: str = "US"
    strictness: Strictness = Strictness.STANDARD


@dataclass(frozen=True, slots=True)
class Screening:
    """The result of reading one draft.

    ``suggestion`` is the draft without its findings (equal to the draft when there are none)
    and never screens as ``hold``; ``risk`` from 0 to 1 says how identifying the details are together.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    suggestion: str
    risk: float

    def __repr__(self) -> str:
        """Show counts only: the suggestion is a member's text."""
        return f"Screening(verdict={self.verdict.value!r}, findings={len(self.findings)}, risk={self.risk:.2f})"

"""A rule is a row with its source and its proof; the runner turns matches into candidates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from screening.results import Label


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible finding in the unmasked text, before the stages agree on it.

    ``start`` and ``end`` index the unmasked text; ``source`` names the stage or rule that
    proposed it; ``score`` from 0 to 1 decides between overlapping candidates.
    """

    start: int
    end: int
    label: Label
    score: float
    source: str
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern for one kind of detail.

    The finding is the group named ``it`` where the pattern has one, else the whole match.
    ``check`` receives the finding's text and can reject it (a checksum). ``source`` says where
    the rule comes from; ``finds`` and ``spares`` are its proof: a test walks all rules and looks
    that each text in ``finds`` has a finding of this rule and no text in ``spares`` has one.
    """

    name: str
    label: Label
    pattern: re.Pattern[str]
    reason: str
    source: str
    finds: tuple[str, ...]
    spares: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    score: float = 0.9


def run(rules: Iterable[Rule], text: str) -> Iterator[Candidate]:
    """Yield a candidate for each match of each rule in the unmasked ``text``."""
    for rule in rules:
        group: str | int = "it" if "it" in rule.pattern.groupindex else 0
        for match in rule.pattern.finditer(text):
            if match.start(group) < 0 or (rule.check and not rule.check(match[group])):
                continue
            yield Candidate(match.start(group), match.end(group), rule.label, rule.score, rule.name, rule.reason)

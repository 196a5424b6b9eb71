"""The stages in their order; no other file knows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc

from screening import contacts, context, dates, entities, lexicons, numbers
from screening.resolve import prepared, resolve
from screening.results import Context, Finding, Label, Screening, Strictness, Tier, Verdict, tier_of
from screening.rules import Candidate, run
from screening.suggest import Detail, rewrite
from screening.unmask import Unmasked, unmask
from screening.weigh import Weigher

_RULES = (*contacts.RULES, *numbers.RULES, *dates.RULES, *context.RULES)
_ROUNDS = 4
_FIRST_WORD = re.compile(r"\w+|[^\w\s]")
# What is left to say when no wording of the draft itself can be made safe.
LAST_RESORT = "I had a hard time at work and could use some support."


@dataclass(frozen=True, slots=True)
class Options:
    """Where the model is, and the name of a stronger spaCy pipeline that joins in, if one is installed."""

    model: Path = entities.MODEL
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Screener:
    """Reads drafts. Thread-safe, deterministic, without I/O after ``load``."""

    pipeline: entities.Pipeline = field(repr=False)
    weigher: Weigher = field(repr=False)
    lists: lexicons.Lexicons = field(repr=False)

    @classmethod
    def load(cls, options: Options | None = None) -> Screener:
        """Load model and lexicons once a process. Raises: OSError: a shipped file is missing."""
        options = options or Options()
        return cls(entities.load(options.model, also=options.also), Weigher(options.model), lexicons.load())

    def screen(self, text: str, context: Context | None = None) -> Screening:
        """Return what in ``text`` can identify a client, and a wording without it."""
        context = context or Context()
        found = self._find(text, context)
        suggestion, replacements = self._suggest(text, found, context)
        findings = tuple(replace(f, replacement=r) for f, r in zip(found, replacements, strict=True))
        return Screening(_verdict(findings, context), findings, suggestion, _risk(findings))

    def _find(self, text: str, given: Context) -> tuple[Finding, ...]:
        plain = unmask(text, self.lists)
        doc = self.pipeline.read(plain.text)
        candidates = prepared(propose(self.pipeline, doc, plain, self.lists, given.region), doc, self.lists)
        weights = self.weigher.weigh(doc, candidates, plain.disguised)
        findings: list[Finding] = []
        for c in resolve(candidates, weights, doc, given, self.lists):
            start, end = plain.original(c.start, c.end)
            # Two details can come out of one character of the author's, such as a fraction.
            start = max(start, findings[-1].end if findings else 0)
            if start >= end:
                continue
            tier = Tier.DIRECT if _over_89(c.label, plain.text[c.start : c.end]) else tier_of(c.label)
            findings.append(Finding(start, end, c.label, tier, c.reason, "", round(min(c.score, 1.0), 3)))
        return tuple(findings)

    def _suggest(self, text: str, found: tuple[Finding, ...], given: Context) -> tuple[str, tuple[str, ...]]:
        """Rewrite until nothing direct is found any more, neither by the stages nor by the words themselves."""
        if not found:
            return text, ()
        suggestion, replacements = rewrite(text, [Detail(f.start, f.end, f.label) for f in found], self.lists)
        secrets = {_low(text[f.start : f.end].strip()) for f in found if f.tier is Tier.DIRECT}
        for _ in range(_ROUNDS):
            suggestion = _without(secrets, suggestion)
            left = [f for f in self._find(suggestion, given) if f.tier is Tier.DIRECT]
            if not left:
                return suggestion, replacements
            suggestion, _ = rewrite(suggestion, [Detail(f.start, f.end, f.label) for f in left], self.lists)
        return LAST_RESORT, replacements


def _without(secrets: Collection[str], text: str) -> str:
    """Return ``text`` with an ellipsis for each of the secrets, in lower case, that still stands there as words."""
    by_word: dict[str, list[str]] = {}
    for secret in sorted(secrets, key=len, reverse=True):
        if first := _FIRST_WORD.match(secret):
            by_word.setdefault(first[0], []).append(secret)
    parts: list[str] = []
    at = 0
    low = _low(text)
    for word in _FIRST_WORD.finditer(low):
        for secret in by_word.get(word[0], ()) if word.start() >= at else ():
            end = word.start() + len(secret)
            if low[word.start() : end] == secret and not text[end : end + 1].isalnum():
                parts += text[at : word.start()], "…"
                at = end
                break
    return "".join([*parts, text[at:]])


def _low(text: str) -> str:
    """Return ``text`` in lower case at its own length: a few letters become two."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def propose(
    pipeline: entities.Pipeline, doc: Doc, plain: Unmasked, lists: lexicons.Lexicons, region: str
) -> Iterator[Candidate]:
    """Yield what rules, models and lexicons take for a detail in an unmasked text; far more than there are."""
    text = plain.text
    yield from run(_RULES, text)
    yield from contacts.phone_numbers(text, region)
    yield from pipeline.candidates(doc)
    yield from entities.lexicon_candidates(doc, lists)
    yield from context.names_and_places(doc, lists)
    yield from context.hidden_words(plain, lists)
    yield from context.hashtags(text, lists)


def _over_89(label: Label, words: str) -> bool:
    digits = re.fullmatch(r"\d{2,3}", words)
    return label is Label.AGE and digits is not None and int(words) > 89


def _verdict(findings: tuple[Finding, ...], given: Context) -> Verdict:
    if any(f.tier is Tier.DIRECT for f in findings):
        return Verdict.HOLD
    least = 2 if given.strictness is Strictness.RELAXED else 1
    return Verdict.CAUTION if len({f.label for f in findings}) >= least else Verdict.CLEAR


def _risk(findings: tuple[Finding, ...]) -> float:
    return 1.0 if any(f.tier is Tier.DIRECT for f in findings) else context.risk(f.label for f in findings)

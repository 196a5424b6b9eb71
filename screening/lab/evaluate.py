"""Score a screener on marked posts, the same way for every screener that gives spans."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import TypeVar

from screening.lab.corpus import OPTIONAL, Post, Span, country
from screening.results import Context, Finding, Label, Screening, Tier, tier_of

# A detail counts as found when findings, of whatever label, cover at least this share of it.
COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of a tool that says no more than where and what."""

    start: int
    end: int
    label: Label


Detail = Finding | Found
_Detail = TypeVar("_Detail", Finding, Found, Detail)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a screener made of one post, and how long it took; ``suggestion`` is None where it writes none."""

    findings: tuple[Detail, ...]
    milliseconds: float
    suggestion: str | None = None


@dataclass(slots=True)
class Scores:
    """Counts over posts; the properties are the rates, each from 0 to 1."""

    posts: int = 0
    clean: int = 0
    alarms: int = 0
    direct_alarms: int = 0
    with_direct: int = 0
    leaks: int = 0
    suggestion_leaks: int = 0
    findings: int = 0
    right: int = 0
    marked: Counter[Label] = field(default_factory=Counter)
    found: Counter[Label] = field(default_factory=Counter)
    named: Counter[Label] = field(default_factory=Counter)
    wrong: Counter[Label] = field(default_factory=Counter)
    listed: Counter[Label] = field(default_factory=Counter)
    hidden: int = 0
    hidden_found: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def recall(self, tier: Tier | None = None) -> float:
        """Details found, of one tier or of both."""
        labels = [label for label in Label if tier is None or tier_of(label) is tier]
        return _share(sum(self.found[label] for label in labels), sum(self.marked[label] for label in labels))

    @property
    def precision(self) -> float:
        """Findings that touch a marked or optional detail."""
        return _share(self.right, self.findings)

    def precision_of(self, tier: Tier) -> float:
        """Findings of one tier that touch a marked or optional detail."""
        labels = [label for label in Label if tier_of(label) is tier]
        listed = sum(self.listed[label] for label in labels)
        return _share(listed - sum(self.wrong[label] for label in labels), listed)

    @property
    def hidden_recall(self) -> float:
        """Direct details found in posts that hide them (kind ``adversarial``)."""
        return _share(self.hidden_found, self.hidden)

    @property
    def leak_rate(self) -> float:
        """Posts with a direct detail that was not found, of the posts that have one."""
        return _share(self.leaks, self.with_direct)

    @property
    def suggestion_leak_rate(self) -> float:
        """Posts whose suggestion still holds a direct detail's words, of the posts that have one."""
        return _share(self.suggestion_leaks, self.with_direct)

    @property
    def alarm_rate(self) -> float:
        """Posts without any detail that did not screen as clear."""
        return _share(self.alarms, self.clean)

    @property
    def direct_alarm_rate(self) -> float:
        """Posts without any detail in which a direct one was seen."""
        return _share(self.direct_alarms, self.clean)


def score(screen: Callable[[str, Context], Screening], posts: Iterable[Post]) -> Scores:
    """Screen every post and count what was found and missed."""
    return tally((post, _timed(screen, post)) for post in posts)


def tally(readings: Iterable[tuple[Post, Reading]]) -> Scores:
    """Count what was found and missed in posts that were read before, by whatever tool."""
    scores = Scores()
    for post, reading in readings:
        scores.milliseconds.append(reading.milliseconds)
        _count(scores, post, reading)
    return scores


def _timed(screen: Callable[[str, Context], Screening], post: Post) -> Reading:
    began = time.perf_counter()
    screening = screen(post.text, Context(region=country(post.region)))
    return Reading(screening.findings, (time.perf_counter() - began) * 1000, screening.suggestion)


def missed(post: Post, findings: Iterable[Detail]) -> tuple[Span, ...]:
    """Return the marked details of a post that the findings do not cover."""
    covered = {i for finding in findings for i in range(finding.start, finding.end)}
    marked = (span for span in post.spans if span.label != OPTIONAL)
    return tuple(s for s in marked if len(covered & set(range(s.start, s.end))) < COVERED * (s.end - s.start))


def mistaken(post: Post, findings: Iterable[_Detail]) -> tuple[_Detail, ...]:
    """Return the findings that touch no mark of the post."""
    return tuple(f for f in findings if not any(_touch(f, span) for span in post.spans))


def _count(scores: Scores, post: Post, reading: Reading) -> None:
    marked = [span for span in post.spans if span.label != OPTIONAL]
    lost = set(missed(post, reading.findings))
    scores.posts += 1
    scores.clean += not marked
    scores.alarms += not marked and bool(reading.findings)
    scores.direct_alarms += not marked and any(tier_of(f.label) is Tier.DIRECT for f in reading.findings)
    for span in marked:
        label = Label(span.label)
        scores.marked[label] += 1
        scores.found[label] += span not in lost
        scores.named[label] += any(f.label is label and _touch(f, span) for f in reading.findings)
    direct = [span for span in marked if tier_of(Label(span.label)) is Tier.DIRECT]
    scores.with_direct += bool(direct)
    scores.leaks += any(span in lost for span in direct)
    suggestion = reading.suggestion or ""
    scores.suggestion_leaks += any(_stands_in(post.text[s.start : s.end], suggestion) for s in direct)
    wrong = mistaken(post, reading.findings)
    scores.findings += len(reading.findings)
    scores.right += len(reading.findings) - len(wrong)
    scores.wrong.update(finding.label for finding in wrong)
    scores.listed.update(finding.label for finding in reading.findings)
    if post.kind == "adversarial":
        scores.hidden += len(direct)
        scores.hidden_found += sum(span not in lost for span in direct)


def _touch(finding: Detail, span: Span) -> bool:
    return finding.start < span.end and finding.end > span.start


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def speed(scores: Scores) -> tuple[float, float]:
    """Return the median and the 99th percentile of a screening, in milliseconds."""
    times = scores.milliseconds
    return median(times), quantiles(times, n=100)[98] if len(times) > 1 else times[0]

"""Are the marks of a corpus consistent: within a post, between posts, between two annotators?"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from screening.lab.corpus import KINDS, OPTIONAL, CorpusError, Post, Span, read

# Labels whose words name the same thing wherever they stand.
_NAMING = frozenset({"NAME", "LOCATION", "ORG", "HANDLE", "EMAIL"})
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an annotator should look at: in which post, what kind of doubt, and the words in question."""

    post: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two passes agree: spans of the first found in the second, and the other way; labels where spans meet."""

    spans_first: int
    spans_second: int
    met: int
    same_label: int

    @property
    def f1(self) -> float:
        """Harmonic mean of both passes' shares of spans that the other has too (a shared letter is enough)."""
        total = self.spans_first + self.spans_second
        return 2 * self.met / total if total else 1.0

    @property
    def labels(self) -> float:
        """Of the spans that meet, those with the same label."""
        return self.same_label / self.met if self.met else 1.0


def doubts(paths: Iterable[Path]) -> Iterator[Doubt]:
    """Yield what is doubtful in corpus files. Raises: CorpusError: a line cannot be read; OSError."""
    posts = list(read(paths))
    yield from _repeated(posts)
    for post in posts:
        if post.kind not in KINDS:
            yield Doubt(post.id, "unknown kind", post.kind)
        if post.kind == "clean" and any(span.label != OPTIONAL for span in post.spans):
            yield Doubt(post.id, "a clean post with a mark", post.text[post.spans[0].start : post.spans[0].end])
        for span in forgotten(post):
            yield Doubt(post.id, f"unmarked mention ({span.label})", post.text[span.start : span.end])
    yield from _many_labels(posts)


def _repeated(posts: Sequence[Post]) -> Iterator[Doubt]:
    texts: dict[str, str] = {}
    ids = Counter(post.id for post in posts)
    yield from (Doubt(name, "id used twice", name) for name, count in ids.items() if count > 1)
    for post in posts:
        key = re.sub(r"\W+", "", post.text.lower())
        if key in texts:
            yield Doubt(post.id, "same text as", texts[key])
        texts[key] = post.id


def _many_labels(posts: Sequence[Post]) -> Iterator[Doubt]:
    """Words that carry different labels in different posts."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for post in posts:
        for span in post.spans:
            labels[post.text[span.start : span.end].lower()].setdefault(span.label, post.id)
    for words, places in labels.items():
        if len(set(places) - {OPTIONAL}) > 1:
            yield Doubt(", ".join(places.values()), f"labelled {' and '.join(places)}", words)


def forgotten(post: Post) -> list[Span]:
    """Return further mentions, in the same post and case, of a marked name, place or organisation that are unmarked."""
    found: list[Span] = []
    taken = [(span.start, span.end) for span in post.spans]
    for span in sorted(post.spans, key=lambda s: s.start - s.end):
        words = post.text[span.start : span.end]
        if span.label not in _NAMING or len(words) < _SHORTEST:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", post.text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append(Span(*match.span(), span.label))
    return found


def mend(path: Path) -> int:
    """Mark the forgotten mentions in a marked corpus file and return how many. Raises: CorpusError, OSError."""
    count = 0
    lines = []
    for line, post in zip(path.read_text(encoding="utf-8").splitlines(), read([path]), strict=True):
        missing = forgotten(post)
        count += len(missing)
        row = json.loads(line)
        if missing:
            row["marked"] = marked(replace(post, spans=(*post.spans, *missing)))
        lines.append(json.dumps(row, ensure_ascii=False))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return count


def marked(post: Post) -> str:
    """Return the post's text with its marks in it."""
    parts: list[str] = []
    at = 0
    for span in sorted(post.spans, key=lambda s: s.start):
        parts += post.text[at : span.start], f"{{{{{span.label}:{post.text[span.start : span.end]}}}}}"
        at = span.end
    return "".join([*parts, post.text[at:]])


def agreement(first: Iterable[Path], second: Path) -> Agreement:
    """Compare two annotators' marks of the same texts; what either left optional counts for neither.

    Raises: CorpusError: a post of ``first`` is missing in ``second`` or has another text there; OSError.
    """
    others = {post.id: post for post in read([second])}
    counts = [0, 0, 0, 0]
    for post in read(first):
        other = others.get(post.id)
        if other is None or other.text != post.text:
            raise CorpusError(f"{second.name} has no post {post.id} with this text")
        optional = [span for p in (post, other) for span in p.spans if span.label == OPTIONAL]
        ours, theirs = ([s for s in p.spans if not any(_meet(s, o) for o in optional)] for p in (post, other))
        pairs = [(span, [o for o in theirs if _meet(span, o)]) for span in ours]
        met = [(span, meeting) for span, meeting in pairs if meeting]
        same = sum(any(o.label == span.label for o in meeting) for span, meeting in met)
        for i, count in enumerate((len(ours), len(theirs), len(met), same)):
            counts[i] += count
    return Agreement(*counts)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

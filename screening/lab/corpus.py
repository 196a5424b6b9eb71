"""Corpora: JSON Lines with the details marked inside the text, as ``{{LABEL:the exact words}}``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.results import Label

OPTIONAL = "OPT"
KINDS = ("vent", "question", "celebration", "reply", "clean", "adversarial")
_MARK = re.compile(r"\{\{([A-Z]+):(.+?)\}\}", re.DOTALL)


class CorpusError(ValueError):
    """A corpus line cannot be used; the message names file, line and fault, not the text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked detail; ``label`` is a ``Label``'s value or ``OPT``: neither credit nor penalty."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Post:
    """One text with its marks. ``only`` names the labels that were annotated, where not all were."""

    id: str
    text: str
    spans: tuple[Span, ...]
    kind: str = "vent"
    region: str = "US"
    only: frozenset[str] = frozenset()


def parse(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Return the plain text behind the mark-up and its spans. Raises: CorpusError: a mark is broken or unknown."""
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        label, words = match[1], match[2]
        if label != OPTIONAL and label not in Label.__members__:
            raise CorpusError(f"unknown label {label}")
        before = marked[at : match.start()]
        parts += before, words
        length += len(before)
        spans.append(Span(length, length + len(words), label))
        length += len(words)
        at = match.end()
    text = "".join([*parts, marked[at:]])
    if "{{" in text or "}}" in text:
        raise CorpusError("a mark is not closed, or stands in another")
    return text, tuple(spans)


def country(region: str) -> str:
    """Return the ISO code of a post's region (corpora say UK)."""
    return {"UK": "GB"}.get(region, region)


def read(paths: Iterable[Path]) -> Iterator[Post]:
    """Yield the posts of corpus files, marked or with offsets. Raises: CorpusError, OSError."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    yield _post(json.loads(line))
                except (ValueError, KeyError, TypeError) as fault:
                    raise CorpusError(f"{path.name}:{number}: {type(fault).__name__}: {fault}") from None


def _post(row: dict[str, object]) -> Post:
    if "marked" in row:
        text, spans = parse(str(row["marked"]))
        return Post(str(row["id"]), text, spans, str(row["kind"]), str(row["region"]))
    marks = row["spans"]
    only = row.get("only", ())
    if not (isinstance(marks, list) and isinstance(only, list | tuple)):
        raise CorpusError("spans and only must be lists")
    spans = tuple(Span(int(start), int(end), str(label)) for start, end, label in marks)
    return Post(str(row["id"]), str(row["text"]), spans, only=frozenset(map(str, only)))

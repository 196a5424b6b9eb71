"""Train the tagger: corpora in, ``data/model/`` out, the same bytes for the same corpora and seed."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import pycrfsuite
from spacy.tokens import Doc

from screening import entities, lexicons
from screening.lab.corpus import OPTIONAL, Post, Span, read
from screening.tagger import FILE, Features
from screening.unmask import unmask

SEED = 20261124
# Capitals are a habit, not a law: three in ten posts are also learned in lower case, one in fifteen in capitals.
_LOWER, _UPPER = 0.3, 0.07


@dataclass(frozen=True, slots=True)
class Options:
    """``c1`` and ``c2`` are the weights of L1 and L2 regularisation."""

    c1: float = 0.08
    c2: float = 0.02
    iterations: int = 120


def train(corpora: Iterable[Path], model: Path, *, options: Options | None = None) -> dict[str, object]:
    """Train on ``corpora``, write the model and its card into ``model``, and return the card."""
    options = options or Options()
    began = time.perf_counter()
    paths = sorted(corpora)
    posts = list(read(paths))
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": options.c1,
            "c2": options.c2,
            "max_iterations": options.iterations,
            "feature.minfreq": 2,
            "feature.possible_transitions": True,
        }
    )
    nlp = entities.blank()
    lists = lexicons.load()
    features = Features(lists)
    chance = random.Random(SEED)
    for post in varied(posts, chance):
        plain = unmasked(post, lists)
        doc = nlp(plain.text)
        if len(doc):
            trainer.append(features.of(doc), tags(doc, plain))
    model.mkdir(parents=True, exist_ok=True)
    trainer.train(str(model / FILE))
    card = _card(paths, posts, options, time.perf_counter() - began)
    (model / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def varied(posts: Iterable[Post], chance: random.Random) -> Iterator[Post]:
    """Yield each post, and some again in lower case or capitals (spans keep their places)."""
    for post in posts:
        yield post
        for share, change in ((_LOWER, str.lower), (_UPPER, str.upper)):
            changed = change(post.text)
            if chance.random() < share and changed != post.text and len(changed) == len(post.text):
                yield replace(post, text=changed)


def unmasked(post: Post, lists: lexicons.Lexicons) -> Post:
    """Return the post as the tagger will see it: unmasked, its spans moved along."""
    plain = unmask(post.text, words=lists.common, names=lists.first_names)
    if plain.text == post.text:
        return post
    spans = []
    for span in post.spans:
        inside = [
            i for i, (a, b) in enumerate(zip(plain.starts, plain.ends, strict=True)) if a < span.end and b > span.start
        ]
        if inside:
            spans.append(Span(inside[0], inside[-1] + 1, span.label))
    return replace(post, text=plain.text, spans=tuple(spans))


def tags(doc: Doc, post: Post) -> list[str]:
    """Return a B-, I- or O tag for each token; optional spans are O, so that peers' names stay quiet."""
    row = ["O"] * len(doc)
    for span in post.spans:
        if span.label == OPTIONAL:
            continue
        covered = [t.i for t in doc if t.idx < span.end and t.idx + len(t) > span.start and not t.is_space]
        for place, i in enumerate(covered):
            row[i] = f"{'I' if place else 'B'}-{span.label}"
    return row


def _card(paths: list[Path], posts: list[Post], options: Options, seconds: float) -> dict[str, object]:
    return {
        "what": "Linear-chain tagger for identifying client details in clinicians' posts",
        "trained_on": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths},
        "posts": len(posts),
        "spans": dict(sorted(Counter(span.label for post in posts for span in post.spans).items())),
        "options": {"c1": options.c1, "c2": options.c2, "iterations": options.iterations, "seed": SEED},
        "made_with": {name: version(name) for name in ("python-crfsuite", "spacy")},
        "seconds": round(seconds, 1),
    }

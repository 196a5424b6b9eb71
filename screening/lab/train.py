"""Train tagger and weigher: corpora in, ``data/model/`` out, the same bytes for the same corpora and seed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path

import pycrfsuite
from spacy.tokens import Doc

from screening import entities, lexicons, tagger, weigh
from screening.lab.corpus import OPTIONAL, Post, Span, country, read
from screening.resolve import prepared
from screening.screener import propose
from screening.tagger import Features
from screening.unmask import unmask

SEED = 20261124
# Capitals are a habit, not a law: three in ten posts are also learned in lower case, one in fifteen in capitals.
_LOWER, _UPPER = 0.3, 0.07


@dataclass(frozen=True, slots=True)
class Options:
    """The weights of L1 and L2 regularisation, of the tagger and of the weigher, and the tagger's most iterations."""

    c1: float = 0.08
    c2: float = 0.02
    iterations: int = 100
    weigher_c1: float = 0.5
    weigher_c2: float = 1.0


def train(corpora: Iterable[Path], model: Path, *, options: Options | None = None) -> dict[str, object]:
    """Train on ``corpora``, write the model and its card into ``model``, and return the card.

    The tagger learns from all posts. The weigher learns from the candidates that taggers propose in files
    which they have not read: each file is one writer, so that it sees how far a tagger can be trusted with a
    stranger's posts. Raises: CorpusError, OSError.
    """
    options = options or Options()
    began = time.perf_counter()
    paths = sorted(corpora)
    model.mkdir(parents=True, exist_ok=True)
    train_tagger(paths, model, options)
    train_weigher(_evidence_of_strangers(paths, options), model, options)
    card = _card(paths, list(read(paths)), options, time.perf_counter() - began)
    (model / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def train_tagger(paths: Iterable[Path], model: Path, options: Options) -> None:
    """Train the tagger alone and write it into ``model``."""
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
    for post in varied(list(read(paths)), random.Random(SEED)):
        plain = unmasked(post, lists)
        doc = nlp(plain.text)
        if len(doc):
            trainer.append(features.of(doc), tags(doc, plain))
    trainer.train(str(model / tagger.FILE))


def train_weigher(rows: Iterable[tuple[list[str], str]], model: Path, options: Options) -> None:
    """Train the weigher on candidates, each its evidence and ``yes`` or ``no``, and write it into ``model``."""
    trainer = pycrfsuite.Trainer(verbose=False)
    limits = {"c1": options.weigher_c1, "c2": options.weigher_c2, "max_iterations": 200, "feature.minfreq": 2}
    trainer.set_params(limits)
    for evidence, answer in rows:
        trainer.append([evidence], [answer])
    trainer.train(str(model / weigh.FILE))


def _evidence_of_strangers(paths: Sequence[Path], options: Options) -> list[tuple[list[str], str]]:
    """Return the evidence for every candidate in every file, proposed by a tagger that has not read the file."""
    folds = [(held, [path for path in paths if path != held], options) for held in paths]
    if len(folds) < 2:
        folds = [(held, list(paths), options) for held in paths]
    with multiprocessing.get_context("spawn").Pool(min(len(folds), os.cpu_count() or 1)) as pool:
        return [row for rows in pool.map(_fold, folds, chunksize=1) for row in rows]


def _fold(task: tuple[Path, list[Path], Options]) -> list[tuple[list[str], str]]:
    held, rest, options = task
    with tempfile.TemporaryDirectory() as folder:
        train_tagger(rest, Path(folder), options)
        pipeline = entities.load(Path(folder))
        lists = lexicons.load()
        posts = (post for post in read([held]) if not post.only)
        return [row for post in posts for row in _rows(unmasked(post, lists), pipeline, lists)]


def _rows(post: Post, pipeline: entities.Pipeline, lists: lexicons.Lexicons) -> Iterator[tuple[list[str], str]]:
    doc = pipeline.read(post.text)
    candidates = prepared(propose(pipeline, doc, lists, country(post.region)), doc, lists)
    evidence = weigh.Evidence(doc, candidates)
    for candidate in candidates:
        # What is optional (peers, supervisors, public figures) is better left alone.
        shared = sum(
            max(0, min(span.end, candidate.end) - max(span.start, candidate.start))
            for span in post.spans
            if span.label != OPTIONAL
        )
        marked = 2 * shared >= candidate.end - candidate.start
        yield evidence.of(candidate), weigh.YES if marked else weigh.NO


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
        "what": "Linear-chain tagger and linear weigher for identifying client details in clinicians' posts",
        "trained_on": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths},
        "posts": len(posts),
        "spans": dict(sorted(Counter(span.label for post in posts for span in post.spans).items())),
        "options": asdict(options) | {"seed": SEED},
        "made_with": {name: version(name) for name in ("python-crfsuite", "spacy")},
        "seconds": round(seconds, 1),
    }

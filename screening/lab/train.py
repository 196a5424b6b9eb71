"""Train tagger, network and weigher: corpora in, ``data/model/`` out, the same bytes for the same corpora and seed."""

from __future__ import annotations

import gzip
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
from itertools import chain
from pathlib import Path

import pycrfsuite
from spacy.tokens import Doc

from screening import entities, lexicons, network, tagger, weigh
from screening.features import ROWS
from screening.lab.corpus import OPTIONAL, Post, Span, country, read
from screening.lab.train_network import train_network
from screening.lab.vary import sentence_of, varied
from screening.resolve import prepared
from screening.screener import propose
from screening.unmask import Unmasked, unmask

SEED = 20261124
# CRFsuite prints its weights a line each.
_NEWLINE = "\N{SYMBOL FOR NEWLINE}"


@dataclass(frozen=True, slots=True)
class Options:
    """The weights of L1 and L2 regularisation and the most iterations, for tagger and weigher; the folds of writers."""

    c1: float = 0.2
    c2: float = 0.02
    iterations: int = 70
    weigher_c1: float = 0.5
    weigher_c2: float = 1.0
    folds: int = 3


def train(corpora: Iterable[Path], model: Path, *, options: Options | None = None) -> dict[str, object]:
    """Train on ``corpora``, write the models and their card into ``model``, and return the card.

    Tagger and network learn from all posts. The weigher learns from the candidates that they propose in files which
    they have not read: each file is one writer, so that it sees how far they can be trusted with a stranger's posts.
    Raises: CorpusError, OSError.
    """
    options = options or Options()
    began = time.perf_counter()
    paths = sorted(corpora)
    strangers = folds(paths, options.folds)
    with tempfile.TemporaryDirectory() as name, multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        folder = Path(name)
        parts = [(rest, folder / str(i), options) for i, (_, rest) in enumerate(strangers)]
        pool.starmap(train_models, [(paths, model, options), *parts], chunksize=1)
        rows = pool.starmap(evidence, [(held, folder / str(i)) for i, (held, _) in enumerate(strangers)], chunksize=1)
        train_weigher(chain.from_iterable(rows), model, options)
    card = _card(paths, list(read(paths)), options, time.perf_counter() - began)
    (model / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def folds(paths: Sequence[Path], count: int) -> list[tuple[list[Path], list[Path]]]:
    """Return, for each fold, the files held out and the rest; one file alone is its own stranger."""
    held = [list(paths[i::count]) for i in range(min(count, len(paths)))]
    return [(part, [path for path in paths if path not in part] or part) for part in held]


def train_models(paths: Sequence[Path], folder: Path, options: Options) -> None:
    """Train tagger and network on ``paths`` and write them into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    lists = lexicons.load()
    nlp = entities.blank()
    nlp.add_pipe("pause_features")
    posts = (moved(post, unmask(post.text, lists)) for post in varied(list(read(paths)), lists, random.Random(SEED)))
    examples = [(doc, tags(doc, post)) for post in posts if len(doc := nlp(post.text))]
    _train_tagger(examples, folder, options)
    train_network(examples, folder / network.FILE, seed=SEED)


def _train_tagger(examples: Iterable[tuple[Doc, list[str]]], folder: Path, options: Options) -> None:
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
    for doc, row in examples:
        trainer.append(doc.user_data[ROWS], row)
    trainer.train(str(folder / tagger.FILE))


def train_weigher(rows: Iterable[tuple[list[str], str]], model: Path, options: Options) -> None:
    """Train the weigher on candidates, each its evidence and ``yes`` or ``no``, and write its weights into ``model``.

    A sequence of one is a logistic regression, and CRFsuite's has both penalties and is fast.
    """
    trainer = pycrfsuite.Trainer(verbose=False)
    limits = {"c1": options.weigher_c1, "c2": options.weigher_c2, "max_iterations": 200, "feature.minfreq": 2}
    trainer.set_params(limits)
    for found, answer in rows:
        trainer.append([[feature.replace("\n", _NEWLINE) for feature in found]], [answer])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "weigher.crfsuite")
        trainer.train(path)
        learned = pycrfsuite.Tagger()
        learned.open(path)
        weights: Counter[str] = Counter()
        for (feature, answer), weight in learned.info().state_features.items():
            weights[feature.replace(_NEWLINE, "\n")] += weight if answer == weigh.YES else -weight
    content = json.dumps({feature: round(weight, 4) for feature, weight in sorted(weights.items())}, ensure_ascii=False)
    (model / weigh.FILE).write_bytes(gzip.compress(content.encode(), 9, mtime=0))


def evidence(held: Iterable[Path], folder: Path) -> list[tuple[list[str], str]]:
    """Return the evidence for every candidate in the posts of ``held``, and in one sentence of each.

    The models in ``folder`` that propose them have not read these files.
    """
    lists = lexicons.load()
    pipeline = entities.load(folder)
    chance = random.Random(SEED)
    posts = (post for post in read(held) if not post.only)
    texts = (text for post in posts for text in (post, sentence_of(post, chance)))
    return [row for text in texts for row in _rows(text, pipeline, lists)]


def _rows(post: Post, pipeline: entities.Pipeline, lists: lexicons.Lexicons) -> Iterator[tuple[list[str], str]]:
    plain = unmask(post.text, lists)
    post = moved(post, plain)
    doc = pipeline.read(plain.text)
    candidates = prepared(propose(pipeline, doc, plain, lists, country(post.region)), doc, lists)
    found = weigh.Evidence(doc, candidates, plain.disguised)
    for candidate in candidates:
        # What is optional (peers, supervisors, public figures) is better left alone.
        shared = sum(
            max(0, min(span.end, candidate.end) - max(span.start, candidate.start))
            for span in post.spans
            if span.label != OPTIONAL
        )
        marked = 2 * shared >= candidate.end - candidate.start
        yield found.of(candidate), weigh.YES if marked else weigh.NO


def moved(post: Post, plain: Unmasked) -> Post:
    """Return the post as the models see it: its plain text, its spans moved along."""
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
        "what": "Tagger, network and weigher for identifying client details in clinicians' posts",
        "trained_on": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths},
        "posts": len(posts),
        "spans": dict(sorted(Counter(span.label for post in posts for span in post.spans).items())),
        "options": asdict(options) | {"seed": SEED},
        "made_with": {name: version(name) for name in ("python-crfsuite", "spacy")},
        "seconds": round(seconds, 1),
    }

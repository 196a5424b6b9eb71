"""argus-redact for English: its patterns, and its spaCy layer where a pipeline is given."""

from collections.abc import Callable

import argus_redact


def load(model: str) -> Callable[[str], list[tuple[int, int, str]]]:
    """Return what finds details in a text."""
    if model:
        _use(model)
    mode = "ner" if model else "fast"

    def find(text: str) -> list[tuple[int, int, str]]:
        report = argus_redact.redact(text, lang="en", mode=mode, report=True)
        return [(e["start"], e["end"], e["type"]) for e in report.entities]

    return find


def _use(model: str) -> None:
    # Its adapter names the pipeline itself, and loads it again for every text (0.4 s): here it is loaded once.
    import spacy

    pipeline = spacy.load(model)
    spacy.load = lambda _name, **_options: pipeline

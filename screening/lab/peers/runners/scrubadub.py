"""scrubadub's default detectors, and its spaCy detector where a pipeline is given."""

import sys
import types
from collections.abc import Callable

import scrubadub


def load(model: str) -> Callable[[str], list[tuple[int, int, str]]]:
    """Return what finds details in a text."""
    scrubber = scrubadub.Scrubber(locale="en_US")
    if model:
        scrubber.add_detector(_spacy_detector(model))
    return lambda text: [(filth.beg, filth.end, filth.type) for filth in _parts(scrubber.iter_filth(text))]


def _spacy_detector(model: str) -> scrubadub.detectors.Detector:
    # The detector imports this before it looks whether the pipeline is a transformer. It brings several
    # gigabytes, and the small pipeline has no use for it.
    for name in ("spacy_transformers", "spacy_transformers.pipeline_component"):
        sys.modules.setdefault(name, types.ModuleType(name))
    from scrubadub_spacy.detectors import SpacyEntityDetector

    entities = ("PERSON", "ORG", "GPE", "LOC", "FAC")
    return SpacyEntityDetector(model=model, named_entities=entities)


def _parts(filths: object) -> list[scrubadub.filth.Filth]:
    """Take merged findings, which have no type of their own, apart again."""
    return [part for filth in filths for part in getattr(filth, "filths", (filth,))]

"""Presidio's analyzer; where findings overlap, the surest stays, as in its own anonymizer."""

from collections.abc import Callable
from pathlib import Path

import presidio_analyzer
import tldextract
import yaml
from presidio_analyzer import AnalyzerEngine, RecognizerResult
from presidio_analyzer.nlp_engine import NlpEngineProvider


def load(model: str) -> Callable[[str], list[tuple[int, int, str]]]:
    """Return what finds details in a text, with patterns and a spaCy pipeline."""
    # Its e-mail check would fetch a newer list of domains, and wait for the answer inside the first screening.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    conf = yaml.safe_load((Path(presidio_analyzer.__file__).parent / "conf" / "default.yaml").read_text())
    conf["models"][0]["model_name"] = model
    conf["ner_model_configuration"]["labels_to_ignore"].remove("ORGANIZATION")
    engine = NlpEngineProvider(nlp_configuration=conf).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda text: _surest(analyzer.analyze(text, language="en"))


def _surest(results: list[RecognizerResult]) -> list[tuple[int, int, str]]:
    kept: list[RecognizerResult] = []
    for result in sorted(results, key=lambda r: (-r.score, r.start - r.end)):
        if not any(result.start < other.end and result.end > other.start for other in kept):
            kept.append(result)
    return [(r.start, r.end, r.entity_type) for r in kept]

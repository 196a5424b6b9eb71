"""A stronger pipeline that the operator has installed joins in."""

from pathlib import Path

import pytest
import spacy

from screening import Options, Screener


def test_an_installed_pipelines_entities_join_ours(tmp_path: Path) -> None:
    stronger = spacy.blank("en")
    ruler = stronger.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "quibblewick"}, {"label": "DATE", "pattern": "last year"}])
    stronger.to_disk(tmp_path / "stronger")
    text = "last year quibblewick cried in the corner and i had no words"
    assert not Screener.load().screen(text).findings
    (finding,) = Screener.load(Options(also=str(tmp_path / "stronger"))).screen(text).findings
    assert text[finding.start : finding.end] == "quibblewick"


def test_a_pipeline_that_is_not_installed_is_an_error() -> None:
    with pytest.raises(OSError, match="no_such_pipeline"):
        Screener.load(Options(also="no_such_pipeline"))

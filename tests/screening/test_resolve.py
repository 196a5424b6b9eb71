"""A finding is the whole of what is named, once."""

import pytest

from screening import Screener

SCREENER = Screener.load()


@pytest.mark.parametrize(
    ("draft", "whole"),
    [
        ("My client was found by the police at Kondele roundabout again.", "Kondele roundabout"),
        ("My client Sarah Okonkwo cried and cried.", "Sarah Okonkwo"),
        ("My client is 7 years 2 months old and cannot sleep.", "7 years 2 months old"),
        ("He has been at Girard Medical since the weekend.", "Girard Medical"),
    ],
)
def test_a_finding_covers_the_whole_of_what_is_named(draft: str, whole: str) -> None:
    assert whole in {draft[f.start : f.end] for f in SCREENER.screen(draft).findings}


def test_every_mention_of_a_name_is_found() -> None:
    draft = "My client Tyrell cried. I like Tyrell, and tyrell likes me."
    found = [draft[f.start : f.end] for f in SCREENER.screen(draft).findings]
    assert found == ["Tyrell", "Tyrell", "tyrell"]


def test_a_band_or_a_bare_year_is_no_finding() -> None:
    assert not SCREENER.screen("A woman in her 40s came in 2019.").findings

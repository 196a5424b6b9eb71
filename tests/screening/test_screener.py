"""The engine's promises: offsets into the author's text, a suggestion that can be shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import Screener, Verdict

SCREENER = Screener.load()


def test_a_name_an_age_and_a_town_are_held_and_reworded() -> None:
    draft = "Sarah from Boise no-showed again"
    screening = SCREENER.screen(draft)
    assert screening.verdict is Verdict.HOLD
    assert [draft[f.start : f.end] for f in screening.findings] == ["Sarah", "Boise"]
    assert screening.suggestion == "A client from out of town no-showed again"


@pytest.mark.parametrize("draft", ["Long day. I need a nap and some Gottman.", "PHQ-9 was 14, 50 mg of Zoloft, 90837."])
def test_clinical_talk_is_clear(draft: str) -> None:
    assert SCREENER.screen(draft).verdict is Verdict.CLEAR


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_a_suggestion_is_never_held(text: str) -> None:
    assert SCREENER.screen(SCREENER.screen(text).suggestion).verdict is not Verdict.HOLD

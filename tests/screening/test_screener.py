"""The engine's promises: offsets into the author's text, a suggestion that can be shown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from screening import Screener, Verdict

SCREENER = Screener.load()


def test_a_name_is_held_and_the_long_day_is_not() -> None:
    assert SCREENER.screen("Sarah (34) from Boise no-showed again").verdict is Verdict.HOLD
    assert SCREENER.screen("Long day. I need a nap and some Gottman.").verdict is Verdict.CLEAR


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_a_suggestion_is_never_held(text: str) -> None:
    assert SCREENER.screen(SCREENER.screen(text).suggestion).verdict is not Verdict.HOLD

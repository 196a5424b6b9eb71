"""Prompts come at the local time their recipient set, whatever the clocks do; decks do not repeat."""

import random
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schedule import BadRule, draw, known_zones, next_due, weekly

NEW_YORK = ZoneInfo("America/New_York")


def test_a_skipped_local_time_moves_on_by_the_gap() -> None:
    rule = weekly(6, time(2, 30), start=date(2026, 1, 4))
    due = next_due(rule, NEW_YORK, after=datetime(2026, 3, 7, tzinfo=UTC))
    assert due.astimezone(NEW_YORK).isoformat() == "2026-03-08T03:30:00-04:00"


def test_a_doubled_local_time_fires_once() -> None:
    rule = weekly(6, time(1, 30), start=date(2026, 1, 4))
    first = next_due(rule, NEW_YORK, after=datetime(2026, 10, 31, tzinfo=UTC))
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert next_due(rule, NEW_YORK, after=first) == datetime(2026, 11, 8, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("rule", ["nonsense", "DTSTART:20200101T000000\nRRULE:FREQ=DAILY;COUNT=1"])
def test_a_rule_that_never_comes_again_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        next_due(rule, NEW_YORK, after=datetime(2026, 1, 1, tzinfo=UTC))


@given(st.integers(1, 30), st.integers())
def test_no_prompt_repeats_before_the_deck_is_through(size: int, seed: int) -> None:
    chance, every = random.Random(seed), [str(n) for n in range(size)]
    remaining: tuple[str, ...] = ()
    seen: list[str] = []
    for _ in range(2 * size):
        chosen, remaining = draw(remaining, every, seen[-1] if seen else None, chance)
        seen.append(chosen)
    assert sorted(seen[:size]) == sorted(every) == sorted(seen[size:])
    assert size == 1 or all(a != b for a, b in pairwise(seen))


def test_popular_zones_are_offered_first() -> None:
    assert known_zones("")[0] == "America/New_York"
    assert "Africa/Nairobi" in known_zones("nairobi")

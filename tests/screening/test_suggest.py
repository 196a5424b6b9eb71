"""Suggestions that a clinician would post: pairs judged one by one, and what must hold for any text."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.lab.corpus import OPTIONAL, parse
from screening.lexicons import load
from screening.results import DIRECT_LABELS, Label
from screening.suggest import Detail, rewrite

LEXICONS = load()
LINES = (Path(__file__).parent / "suggestions.jsonl").read_text(encoding="utf-8").splitlines()
PAIRS = [json.loads(line) for line in LINES]


def read(marked: str) -> tuple[str, list[Detail]]:
    text, spans = parse(marked)
    return text, [Detail(span.start, span.end, Label(span.label)) for span in spans if span.label != OPTIONAL]


def after(marked: str) -> str:
    return rewrite(*read(marked), LEXICONS)[0]


@pytest.mark.parametrize("pair", PAIRS, ids=range(1, len(PAIRS) + 1))
def test_a_suggestion_reads_as_it_was_judged(pair: dict[str, str]) -> None:
    assert after(pair["marked"]) == pair["after"]


@pytest.mark.parametrize("pair", PAIRS, ids=range(1, len(PAIRS) + 1))
def test_no_direct_detail_stays_and_every_detail_has_its_replacement(pair: dict[str, str]) -> None:
    text, details = read(pair["marked"])
    suggestion, replacements = rewrite(text, details, LEXICONS)
    assert len(replacements) == len(details)
    for detail in details:
        if detail.label in DIRECT_LABELS:
            words = re.escape(text[detail.start : detail.end])
            assert not re.search(rf"(?<!\w){words}(?!\w)", suggestion)


def test_the_pairs_show_every_label() -> None:
    assert {detail.label for pair in PAIRS for detail in read(pair["marked"])[1]} == set(Label)


def test_a_draft_without_details_stays_as_it_is() -> None:
    assert rewrite("Long day. a Gottman nap ,  then tea", [], LEXICONS) == ("Long day. a Gottman nap ,  then tea", ())


def test_a_hidden_name_is_the_same_person_as_the_plain_one() -> None:
    assert (
        after("{{NAME:S a r a h}} called. I told {{NAME:Sarah}} she was right.")
        == "My client called. I told her she was right."
    )


def test_a_name_that_nobody_marked_the_second_time_goes_too() -> None:
    assert "Katarzyna" not in after("{{NAME:Katarzyna}} cried. Later, by the lift, Katarzyna laughed.")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab SX.,'\"(*\n7é", max_size=60), st.data())
def test_any_spans_of_any_text_can_be_rewritten(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    details = [Detail(a, b, data.draw(st.sampled_from(Label))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    suggestion, replacements = rewrite(text, details, LEXICONS)
    assert len(replacements) == len(details)
    assert rewrite(text, details, LEXICONS) == (suggestion, replacements)


def test_a_draft_ten_times_as_long_takes_no_more_than_some_thirty_times_as_long() -> None:
    def seconds(times: int) -> float:
        text, details = read(
            "{{NAME:Sarah}} ({{AGE:34}}) from {{LOCATION:Boise}} told {{NAME:Tom}} at {{TIME:4pm}}. " * times
        )
        start = time.perf_counter()
        rewrite(text, details, LEXICONS)
        return time.perf_counter() - start

    seconds(5)
    assert seconds(300) < 30 * seconds(30)

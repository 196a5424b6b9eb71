"""What holds for every draft, whatever is in it."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening import Allowed, Context, Label, NotAllowable, Screener, Tier, Verdict

SCREENER = Screener.load()
PIECES = st.sampled_from(
    [
        "Sarah",
        "s a r a h",
        "S\u200barah",
        "(34)",
        "from Boise",
        "on March 3rd",
        "555-0142",
        "jane dot doe at gmail dot com",
        "||Tom||",
        "#PrayForMaya",
        "Mr. Alvarez's",
        "MRN 00482913",
        "my 4pm",
        "at Lincoln Elementary",
        "the only firefighter in town",
        "@everyone",
        "🫠",
        "*ugh*",
        "İstanbul",
        "\u202etxet",
        "\n",
        "cried.",
        "I love my dog",
    ]
)
DRAFTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(DRAFTS)
def test_findings_are_places_in_the_draft_in_order(text: str) -> None:
    findings = SCREENER.screen(text).findings
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    assert all(one.end <= other.start for one, other in itertools.pairwise(findings))


@settings(max_examples=150, deadline=None)
@given(DRAFTS)
@example('00007000000020PTH İptanbul"000A000r İPTANBUL')  # a letter that is two in lower case
def test_a_suggestion_is_never_held_and_keeps_no_direct_detail(text: str) -> None:
    screening = SCREENER.screen(text)
    assert SCREENER.screen(screening.suggestion).verdict is not Verdict.HOLD
    for finding in screening.findings:
        words = text[finding.start : finding.end].strip()
        if finding.tier is Tier.DIRECT and words.isalpha():
            assert words.lower() not in screening.suggestion.lower().split()


@settings(max_examples=60, deadline=None)
@given(DRAFTS)
def test_the_same_draft_has_the_same_answer(text: str) -> None:
    assert SCREENER.screen(text) == SCREENER.screen(text)


def test_threads_do_not_disturb_one_another() -> None:
    drafts = [
        f"Client {name} from Boise cried, my {hour}pm." for hour, name in enumerate(["Ana", "Bo", "Cy", "Di", "Ed"], 1)
    ]
    alone = [SCREENER.screen(draft) for draft in drafts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(SCREENER.screen, drafts * 5)) == alone * 5


@pytest.mark.parametrize(
    "piece",
    [
        "Sarah (34) from Boise no-showed on March 3rd, call 555-0142. ",
        "a b c d ",
        "a.b-c_d|",
        "a*b*",
        "five five 5 ",
        "a at b dot ",
        "x\u200b",
        "(a)(b) ",
        "S for sugar, ",
        "https://a/",
        "#aB",
        "12-34 ",
    ],
)
def test_a_draft_twice_as_long_takes_about_twice_as_long(piece: str) -> None:
    """A pattern that backtracks badly would take four times as long, or for ever."""

    def seconds(size: int) -> float:
        draft = (piece * (size // len(piece) + 1))[:size]
        began = process_time()
        SCREENER.screen(draft)
        return process_time() - began

    seconds(1_000)
    assert seconds(16_000) < 3.5 * seconds(8_000) + 0.2


def test_a_hundred_thousand_characters_are_read() -> None:
    screening = SCREENER.screen("It was a long day and nobody wrote anything down. " * 2_000)
    assert screening.verdict is Verdict.CLEAR


def test_an_allowed_term_is_spared_under_its_label_alone() -> None:
    draft = "Ringo called again and cried about Ringo."
    held = SCREENER.screen(draft)
    assert held.verdict is Verdict.HOLD
    assert SCREENER.screen(draft, Context(allowed=(Allowed("ringo"),))).verdict is Verdict.CLEAR
    assert SCREENER.screen(draft, Context(allowed=(Allowed("ringo", Label.ORG),))) == held


@pytest.mark.parametrize("term", ["555-0142", "jane@example.org", "https://example.org", "", "MRN 482913"])
def test_numbers_and_addresses_can_never_be_allowed(term: str) -> None:
    with pytest.raises(NotAllowable):
        Allowed(term)


def test_an_allowed_word_does_not_open_the_way_for_a_number() -> None:
    assert SCREENER.screen("call 555-0142", Context(allowed=(Allowed("call"),))).verdict is Verdict.HOLD

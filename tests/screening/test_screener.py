"""What a draft is told: verdict, findings with reasons."""

import pytest

from screening import Label, Screener, Tier, Verdict

SCREENER = Screener.load()


def test_a_name_is_held_and_the_long_day_is_not() -> None:
    assert SCREENER.screen("Sarah (34) from Boise no-showed again").verdict is Verdict.HOLD
    assert SCREENER.screen("Long day. I need a nap and some Gottman.").verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("draft", "words", "label"),
    [
        ("Sarah no-showed again and I cried.", "Sarah", Label.NAME),
        ("sarahs mom rang me again, she was crying", "sarah", Label.NAME),
        ("S a r a h cried today in my office", "S a r a h", Label.NAME),
        ("Client moved back to Boise and has nobody.", "Boise", Label.LOCATION),
        ("Her MRN 00482913 was on the board for everyone to see", "00482913", Label.ID),
        ("He wants me to ring his wife on 555-0142", "555-0142", Label.PHONE),
        ("mail jane dot doe at gmail dot com says mum", "jane dot doe at gmail dot com", Label.EMAIL),
        ("My client is 34 and has nobody left.", "34", Label.AGE),
        ("My client lost her job as a firefighter", "firefighter", Label.OCCUPATION),
        ("My client finally got the job at Kellerman Timber in town", "Kellerman Timber", Label.ORG),
        ("My client is at Upendo Hill Health Centre now", "Upendo Hill Health Centre", Label.ORG),
        (
            "ring mum on oh eight oh three, triple five, zero one nine six",
            "oh eight oh three, triple five, zero one nine six",
            Label.PHONE,
        ),
    ],
)
def test_a_detail_is_found_with_its_label(draft: str, words: str, label: Label) -> None:
    found = {(draft[f.start : f.end].removesuffix("s"), f.label) for f in SCREENER.screen(draft).findings}
    assert (words, label) in found


@pytest.mark.parametrize(
    "draft",
    [
        "My daughter turned 7 on Saturday and I was on call.",
        "Thanks Maria, that helped.",
        "PHQ-9 was 14, 50 mg of Zoloft, 90837 and then lunch.",
        "I will hope for grace, mark my words.",
        "DOES ANYONE ELSE HATE THE NEW EPIC BUILD",
        "As a trans therapist of 34 I am tired of the forms.",
    ],
)
def test_the_authors_own_life_and_work_are_clear(draft: str) -> None:
    assert SCREENER.screen(draft).verdict is Verdict.CLEAR


def test_every_finding_says_why_and_what_is_safe() -> None:
    draft = "Sarah (34) from Boise, MRN 00482913, call 555-0142, a firefighter, on March 3rd at Lincoln Elementary"
    findings = SCREENER.screen(draft).findings
    assert {f.label for f in findings} >= {Label.NAME, Label.LOCATION, Label.ID, Label.PHONE, Label.DATE, Label.ORG}
    assert all(f.reason.endswith(".") and len(f.reason) > 40 for f in findings)
    for label, item in ((Label.NAME, "item A"), (Label.LOCATION, "item B"), (Label.DATE, "item C")):
        assert all(item in f.reason for f in findings if f.label is label)


@pytest.mark.parametrize(("age", "tier"), [(93, Tier.DIRECT), (43, Tier.CONTEXTUAL)])
def test_an_age_over_89_is_direct(age: int, tier: Tier) -> None:
    findings = SCREENER.screen(f"My client is {age} and still dances.").findings
    assert [f.tier for f in findings if f.label is Label.AGE] == [tier]

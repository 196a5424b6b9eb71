"""Every rule carries its own proof: what it finds and what it spares."""

import pytest

from screening import contacts, context, dates, numbers
from screening.rules import Rule, run

RULES = (*contacts.RULES, *numbers.RULES, *dates.RULES, *context.RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_what_it_says_it_finds(rule: Rule) -> None:
    missed = [text for text in rule.finds if not list(run([rule], text))]
    assert not missed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_spares_what_it_says_it_spares(rule: Rule) -> None:
    alarms = [text for text in rule.spares if list(run([rule], text))]
    assert not alarms


@pytest.mark.parametrize(
    "number", ["+44 7700 900123", "(415) 555-2671", "0412 345 678", "98765 43210", "07700900123", "0803 555 0142"]
)
def test_phone_numbers_of_many_countries_are_found(number: str) -> None:
    text = f"her number: {number} if needed"
    assert [text[c.start : c.end] for c in contacts.phone_numbers(text, "US")] == [number]


@pytest.mark.parametrize("text", ["11/12/2024", "DOB 04-02-1988", "scored 12 2019 10 03", "90837 x2", "2019-2020"])
def test_dates_scores_and_codes_are_no_phone_numbers(text: str) -> None:
    assert not list(contacts.phone_numbers(text, "US"))

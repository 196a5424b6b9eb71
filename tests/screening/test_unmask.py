"""Hidden letters are made plain, and every plain letter knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.unmask import unmask

NAMES = frozenset({"sarah", "tommy"})


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("S a r a h came", "Sarah came"),
        ("S.a.r.a.h came", "Sarah came"),
        ("S\u0430\u200br\u0430h came", "Sarah came"),
        ("Sa**ra**h came", "Sarah came"),
        ("5arah and t0mmy", "Sarah and Tommy"),
        ("call five five five oh one four two now", "call 5550142 now"),
        ("jane dot doe at gmail dot com", "jane.doe@gmail.com"),
        ("🇸🇦🇷🇦🇭 came", "sarah came"),
        ("J.T. came at 4pm with 2 kids", "J.T. came at 4pm with 2 kids"),
    ],
)
def test_disguises_are_undone(written: str, plain: str) -> None:
    assert unmask(written, names=NAMES).text == plain


@given(st.text(max_size=300))
def test_every_plain_character_comes_from_a_place_in_the_draft(text: str) -> None:
    plain = unmask(text, names=NAMES)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(plain.starts, plain.ends, strict=True))

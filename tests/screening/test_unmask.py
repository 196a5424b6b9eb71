"""Hidden letters are made plain, and every plain letter knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import lexicons
from screening.unmask import unmask

LISTS = lexicons.load()


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("S a r a h came", "Sarah came"),
        ("S.a.r.a.h came", "Sarah came"),
        ("S/a/r/a/h came", "Sarah came"),
        ("S\na\nr\na\nh\ncame", "Sarah\ncame"),
        ("S👑a👑r👑a👑h came", "Sarah came"),
        ("S\u0430\u200br\u0430h came", "Sarah came"),
        ("Sa**ra**h came", "Sarah came"),
        ("||Sarah||s mom", "Sarahs mom"),
        ("Sa<i>ra</i>h came", "Sarah came"),
        ("Sa|rah and Sa_rah", "Sarah and Sarah"),
        ("Sar(ah) came", "Sarah came"),
        ("&#83;&#97;rah came", "Sarah came"),
        ("5arah and t0mmy", "Sarah and tommy"),
        ("ＳＡＲＡＨ and 🅢🅐🅡🅐🅗", "SARAH and SARAH"),
        ("call five five five oh one four two now", "call 5550142 now"),
        ("S for sugar, A for apple, M for mike came", "Sam came"),
        ("jane dot doe at gmail dot com", "jane.doe@gmail.com"),
        ("tom_1 [at] mail [dot] example", "tom_1@mail.example"),
        ("airbnb dot com slash rooms", "airbnb.com/rooms"),
        ("🇸🇦🇷🇦🇭 came", "sarah came"),
    ],
)
def test_disguises_are_undone(written: str, plain: str) -> None:
    assert unmask(written, LISTS).text == plain


@pytest.mark.parametrize(
    "written",
    [
        "J.T. came at 4pm with 2 kids",
        "F43.1 and F33.2, 90837 twice, on the 4th, in the 80s, any1?",
        "f*ck this sh*t",
        "one two three four breathe",
        "I was at work. Come on, look at yahoo",
        "n/a, w/out, f/u on the 31st",
        "self-care and co-regulation, well-known",
        "the K10 and the PHQ9",
    ],
)
def test_ordinary_writing_stays(written: str) -> None:
    assert unmask(written, LISTS).text == written


@given(st.text(max_size=300))
def test_every_plain_character_comes_from_a_place_in_the_draft(text: str) -> None:
    plain = unmask(text, LISTS)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(plain.starts, plain.ends, strict=True))

"""How other tools are compared with Pause: their findings in our words, the same scores, and no stop at a broken one."""

import sys
from pathlib import Path

import pytest

from screening.lab.corpus import Post, parse
from screening.lab.evaluate import Found, Scores
from screening.lab.peers import compare
from screening.lab.peers.install import NotInstalled
from screening.lab.peers.labels import UnknownLabel, translate
from screening.lab.peers.registry import PEERS, Peer, with_presidio_model
from screening.results import Label, Tier

RUNNERS = Path(compare.__file__).parent / "runners"
FAKE = Peer("fake", ("pytest==0",), "fake")
RUNNER = """
import re
def load(model):
    print("a peer that talks")
    def find(text):
        if "{crash}" in text:
            raise RuntimeError(text)
        return [(m.start(), m.end(), "{label}") for m in re.finditer("Sarah|Long", text)]
    return find
"""


def posts() -> list[Post]:
    marked = (
        "{{NAME:Sarah}} called {{NAME:Tom}} at {{TIME:4pm}}.",
        "{{NAME:Sarah}} was late.",
        "Long day.",
        "Rest well.",
    )
    return [Post(str(number), *parse(text)) for number, text in enumerate(marked)]


def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, label: str = "PERSON", crash: str = "§") -> compare.Row:
    """Score a peer that needs no installing: it runs under this Python."""
    (tmp_path / "runners").mkdir()
    (tmp_path / "runners" / "fake.py").write_text(RUNNER.replace("{label}", label).replace("{crash}", crash))
    (tmp_path / "host.py").write_text((RUNNERS.parent / "host.py").read_text())
    monkeypatch.setattr(compare, "_HERE", tmp_path)
    monkeypatch.setattr(compare, "prepared", lambda _peer, _folder: Path(sys.executable))
    return compare.measured(FAKE, posts(), tmp_path)


def scores(row: compare.Row) -> Scores:
    assert row.scores is not None, row.note
    return row.scores


def test_a_peer_is_scored_as_pause_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    row = read(monkeypatch, tmp_path)
    got = scores(row)
    assert (got.recall(Tier.DIRECT), got.recall(Tier.CONTEXTUAL)) == (pytest.approx(2 / 3), 0)
    assert (got.leak_rate, got.precision) == (0.5, pytest.approx(2 / 3))
    assert (got.alarm_rate, got.direct_alarm_rate) == (0.5, 0.5)
    assert row.version == pytest.__version__ and len(got.milliseconds) == 4


def test_a_contextual_finding_in_a_clean_post_is_no_direct_alarm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    got = scores(read(monkeypatch, tmp_path, label="DATE_TIME"))
    assert (got.alarm_rate, got.direct_alarm_rate) == (0.5, 0)


def test_a_post_that_a_peer_cannot_read_counts_as_missed_and_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = read(monkeypatch, tmp_path, crash="was late")
    assert scores(row).leak_rate == 1 and "failed on 1 posts" in row.note


def test_a_label_that_nobody_translated_is_said_and_not_dropped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = read(monkeypatch, tmp_path, label="SHOE_SIZE")
    assert row.scores is None and "SHOE_SIZE" in row.note


def test_a_peer_that_breaks_down_or_cannot_be_installed_gets_a_row_that_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = read(monkeypatch, tmp_path, crash="Ann")  # the text that warms it up
    assert row.scores is None and "RuntimeError" in row.note and "Ann" not in row.note

    def refuse(_peer: Peer, _folder: Path) -> Path:
        raise NotInstalled("cannot be installed: ERROR: no such version")

    monkeypatch.setattr(compare, "prepared", refuse)
    assert "no such version" in compare.measured(FAKE, posts(), tmp_path).note


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ([(0, 5, "PERSON"), (9, 12, "date")], [(0, 5, Label.NAME), (9, 12, Label.DATE)]),
        ([(0, 4, "NRP"), (5, 9, "DATE_TIME")], [(0, 4, Label.DEMOGRAPHIC), (5, 9, Label.TIME)]),
        ([(0, 8, "phones"), (3, 12, "phones_with_exts")], [(0, 12, Label.PHONE)]),
        ([(0, 8, "phones"), (0, 8, "UK_NHS")], [(0, 8, Label.ID), (0, 8, Label.PHONE)]),
        ([(0, 1, "self_reference"), (2, 6, "prices"), (7, 7, "PERSON")], []),
    ],
)
def test_labels_become_ours(theirs: list[tuple[int, int, str]], ours: list[tuple[int, int, Label]]) -> None:
    assert translate(theirs) == tuple(Found(*finding) for finding in ours)


def test_an_unknown_label_names_itself() -> None:
    with pytest.raises(UnknownLabel, match="SHOE_SIZE"):
        translate([(0, 1, "SHOE_SIZE")])


def test_every_peer_is_pinned_and_has_its_runner_or_says_why_not() -> None:
    for peer in PEERS:
        assert all("==" in wanted for wanted in (*peer.requirements, *peer.bare)), peer.name
        assert bool(peer.refused) != (RUNNERS / f"{peer.runner}.py").is_file(), peer.name


def test_another_model_for_presidio_is_named_in_its_note() -> None:
    changed = [peer for peer in with_presidio_model(PEERS, "en_core_web_trf") if peer not in PEERS]
    assert [(peer.name, peer.model) for peer in changed] == [("presidio", "en_core_web_trf")]
    assert "en_core_web_trf" in changed[0].note

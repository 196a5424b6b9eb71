"""Corpora: what is doubtful is shown, forgotten mentions are marked, two annotators are compared."""

import json
from pathlib import Path

from typer.testing import CliRunner

import bot
from screening.lab import consistency
from screening.lab.corpus import read

ROWS = (
    ("a", "vent", "{{NAME:Tove}} rang. I like Tove."),
    ("b", "clean", "{{NAME:Odd}} slept."),
    ("c", "vent", "{{NAME:Tove}} rang. I like {{ORG:Tove}}."),
)


def corpus(path: Path, rows: tuple[tuple[str, str, str], ...] = ROWS) -> Path:
    lines = [json.dumps({"id": i, "kind": kind, "region": "US", "marked": marked}) for i, kind, marked in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_doubtful_marks_are_shown(tmp_path: Path) -> None:
    found = {(doubt.post, doubt.what) for doubt in consistency.doubts([corpus(tmp_path / "a.jsonl")])}
    assert found == {
        ("a", "unmarked mention (NAME)"),
        ("b", "a clean post with a mark"),
        ("c", "same text as"),
        ("a, c", "labelled NAME and ORG"),
    }


def test_forgotten_mentions_are_marked(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a.jsonl")
    shown = CliRunner().invoke(bot.app, ["corpus", str(path), "--mend"])
    assert shown.exit_code == 0
    assert "1 mentions marked." in shown.output
    first = next(read([path]))
    assert [first.text[span.start : span.end] for span in first.spans] == ["Tove", "Tove"]


def test_two_annotators_are_compared(tmp_path: Path) -> None:
    one = corpus(tmp_path / "a.jsonl")
    other = corpus(
        tmp_path / "b.jsonl",
        (
            ("a", "vent", "{{ORG:Tove}} rang. I like Tove."),
            ("b", "clean", "Odd slept."),
            ("c", "vent", "{{NAME:Tove}} rang. I like {{ORG:Tove}}."),
        ),
    )
    both = consistency.agreement([one], other)
    assert (both.spans_first, both.spans_second, both.met, both.same_label) == (4, 3, 3, 2)
    shown = CliRunner().invoke(bot.app, ["corpus", str(one), "--second", str(other)])
    assert "Agreement: 85.7 % of spans (F1), 66.7 % of their labels." in shown.output


def test_other_texts_cannot_be_compared(tmp_path: Path) -> None:
    one, other = corpus(tmp_path / "a.jsonl"), corpus(tmp_path / "b.jsonl", (("a", "vent", "Something else."),))
    shown = CliRunner().invoke(bot.app, ["corpus", str(one), "--second", str(other)])
    assert shown.exit_code == 2
    assert "has no post a with this text" in shown.output

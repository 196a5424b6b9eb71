"""The command line, as a person or another tool calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def bot(*words: str, text: bytes = b"", cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "bot.py"), *words]
    path = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **env}
    return subprocess.run(command, input=text, capture_output=True, cwd=cwd, env=path, timeout=120, check=False)


@pytest.mark.parametrize(("text", "status"), [("Long day, I am tired.", 0), ("Sarah no-showed again.", 1)])
def test_check_says_what_was_found_and_its_exit_status(text: str, status: int) -> None:
    done = bot("check", text=text.encode())
    assert done.returncode == status
    assert (b"client no-showed" in done.stdout) == bool(status)


def test_check_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Call Ann Miller on 555-0142.")
    done = bot("check", str(tmp_path / "draft.txt"))
    assert done.returncode == 1 and b"phone" in done.stdout


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", b"no text"),
        (b" \n ", b"no text"),
        (b"caf\xe9 with Sarah", b"not UTF-8"),
        (b"a" * 1_000_000, b"20,000"),
    ],
)
def test_what_cannot_be_checked_is_said_clearly_and_without_the_text(text: bytes, why: bytes) -> None:
    done = bot("check", text=text)
    assert done.returncode == 2 and why in done.stderr and not done.stdout
    assert b"Sarah" not in done.stderr and b"Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", tmp_path):
        done = bot("check", str(path))
        assert done.returncode == 2 and b"cannot be read" in done.stderr


def test_jsonl_answers_line_by_line_and_goes_on_after_a_bad_one() -> None:
    lines = [b'{"id": 7, "text": "Sarah is late"}', b"{broken", b'{"id": 8}', b'{"id":"x","text":"\xff"}', b"[]"]
    lines += [b"", json.dumps({"id": "last", "text": "Long day."}).encode()]
    done = bot("check", "--jsonl", text=b"\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [row["id"] for row in rows] == [7, None, None, None, None, "last"]
    assert rows[0]["verdict"] == "hold" and rows[-1]["verdict"] == "clear"
    (finding,) = rows[0]["findings"]
    assert (finding["start"], finding["end"], finding["label"], finding["tier"]) == (0, 5, "NAME", "direct")
    assert set(finding) == {"start", "end", "label", "tier", "reason", "replacement", "score"}
    assert all(set(row) == {"id", "error"} for row in rows[1:5])


def test_jsonl_with_nothing_readable_is_an_error() -> None:
    assert bot("check", "--jsonl", text=b"nonsense\n").returncode == 2


def test_evaluate_prints_scores_and_refuses_a_broken_corpus(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    row = {"id": "a", "kind": "vent", "region": "US", "marked": "{{NAME:Sarah}} no-showed again and I am tired."}
    good.write_text(json.dumps(row))
    done = bot("evaluate", str(good))
    assert done.returncode == 0 and b"direct details found" in done.stdout and b"100.0" in done.stdout
    good.write_text(json.dumps(row | {"marked": "{{NAM:Sarah}}"}))
    broken = bot("evaluate", str(good))
    assert broken.returncode == 2 and b"unknown label" in broken.stderr


def test_invite_asks_for_exactly_what_gates_need() -> None:
    from cogs.gates import NEEDED

    done = bot("invite", "123456789012345678")
    assert f"permissions={NEEDED.value}".encode() in done.stdout and b"applications.commands" in done.stdout


def test_run_without_a_token_says_where_it_belongs(tmp_path: Path) -> None:
    done = bot("run", cwd=tmp_path)
    assert done.returncode == 2 and b"PAUSE_TOKEN" in done.stderr


def test_wrong_settings_are_all_named_and_no_value_is_shown(tmp_path: Path) -> None:
    done = bot("run", cwd=tmp_path, PAUSE_REGION="Mars", PAUSE_DEADLINE_S="soon", PAUSE_TOKEN="secret-value")
    assert done.returncode == 2
    assert b"PAUSE_REGION" in done.stderr and b"PAUSE_DEADLINE_S" in done.stderr
    assert b"Mars" not in done.stderr and b"soon" not in done.stderr and b"secret-value" not in done.stderr


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PAUSE_REGION=nowhere\n")
    assert b"PAUSE_REGION" in bot("run", cwd=tmp_path).stderr

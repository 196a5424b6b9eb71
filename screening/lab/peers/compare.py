"""Pause and its peers on the same posts, one after the other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.lab.corpus import Post
from screening.lab.evaluate import Reading, Scores, score, tally
from screening.lab.peers.install import NotInstalled, prepared
from screening.lab.peers.labels import UnknownLabel, translate
from screening.lab.peers.registry import Peer
from screening.results import Context, Screening

_HERE = Path(__file__).parent
_DEADLINE_S = 1800
# As the host warms a peer up: nothing that is loaded late counts as the first post's time.
_WARM_UP = "Saw Ann Miller in Springfield on March 3rd."


class PeerFailed(Exception):
    """A peer could not be scored; the message says why, without any text."""


@dataclass(frozen=True, slots=True)
class Row:
    """One tool's scores; None where it could not be run, and then ``note`` says why."""

    name: str
    version: str
    scores: Scores | None
    note: str = ""


def own(screen: Callable[[str, Context], Screening], version: str, posts: Sequence[Post]) -> Row:
    """Score Pause itself."""
    screen(_WARM_UP, Context())
    return Row("Pause", version, score(screen, posts))


def measured(peer: Peer, posts: Sequence[Post], folder: Path) -> Row:
    """Install a peer unless it stands, let it read the posts, and score it. Raises: OSError."""
    pinned = peer.requirements[0].partition("==")[2]
    if peer.refused:
        return Row(peer.name, pinned, None, peer.refused)
    try:
        return _row(peer, posts, _answers(peer, prepared(peer, folder), posts))
    except (NotInstalled, PeerFailed) as fault:
        return Row(peer.name, pinned, None, str(fault))


def _row(peer: Peer, posts: Sequence[Post], lines: list[str]) -> Row:
    """Score what a peer's host wrote. Raises: PeerFailed."""
    try:
        versions, *answers = [json.loads(line) for line in lines]
        readings = [_reading(post, answer) for post, answer in zip(posts, answers, strict=True)]
        version = next(iter(versions["versions"].values()))
    except UnknownLabel as fault:
        raise PeerFailed(str(fault)) from None
    except (ValueError, KeyError, TypeError, StopIteration):
        raise PeerFailed("its answers cannot be read") from None
    failed = sum("error" in answer for answer in answers)
    notes = (peer.note, f"failed on {failed} posts" if failed else "")
    scores = tally(zip(posts, readings, strict=True))
    return Row(peer.name, version, scores, "; ".join(note for note in notes if note))


def _reading(post: Post, answer: dict[str, object]) -> Reading:
    findings, ms = answer["findings"], answer["ms"]
    if answer["id"] != post.id or not (isinstance(findings, list) and isinstance(ms, float)):
        raise ValueError("an answer that belongs to another post, or has no findings")
    found = ((int(f["start"]), int(f["end"]), str(f["label"])) for f in findings)
    return Reading(translate(found), ms)


def _answers(peer: Peer, python: Path, posts: Sequence[Post]) -> list[str]:
    """Return the lines that the peer's host writes. Raises: PeerFailed."""
    names = [wanted.partition("==")[0].partition("[")[0] for wanted in (*peer.requirements, *peer.bare)]
    runner = _HERE / "runners" / f"{peer.runner}.py"
    # -I keeps this folder, whose files are named after the peers, out of the peer's imports.
    command = [str(python), "-I", str(_HERE / "host.py"), str(runner), ",".join(names), peer.model]
    text = "".join(json.dumps({"id": post.id, "text": post.text}) + "\n" for post in posts)
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            command, input=text, capture_output=True, encoding="utf-8", timeout=_DEADLINE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise PeerFailed(f"cannot be run: {type(fault).__name__}") from None
    if done.returncode:
        # The kind of error only: the rest of it may quote a post.
        last = done.stderr.strip().rpartition("\n")[2].partition(":")[0]
        raise PeerFailed(f"cannot be run: {last[:80] or done.returncode}")
    return done.stdout.splitlines()

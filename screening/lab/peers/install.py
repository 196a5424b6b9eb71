"""A virtual environment for each peer, made once."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from screening.lab.peers.registry import PIPELINE_NAME, Peer

# Installing spaCy over a slow line takes minutes.
_DEADLINE_S = 1800


class NotInstalled(Exception):
    """A peer cannot be installed; the message says why in one line."""


def prepared(peer: Peer, folder: Path) -> Path:
    """Return the Python of the peer's environment under ``folder``, made unless it stands. Raises: NotInstalled."""
    home = folder / "".join(c if c.isalnum() else "-" for c in peer.name)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    wanted = "\n".join((*peer.requirements, *peer.bare))
    mark = home / "installed.txt"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        # This environment's pip fills the other: Debian's Python makes none of its own (see deploy/make_venv.py).
        venv.create(home, clear=True, symlinks=sys.platform != "win32")
        _pip(python, *peer.requirements)
        if peer.bare:
            _pip(python, "--no-deps", *peer.bare)
        mark.write_text(wanted, encoding="utf-8")
    _fetch_model(peer, python)
    return python


def _pip(python: Path, *words: str) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    _run([*pip, "install", "--quiet", *words])


def _fetch_model(peer: Peer, python: Path) -> None:
    """Have spaCy fetch a pipeline that the user named, where it is neither a folder nor installed."""
    if not peer.model or peer.model == PIPELINE_NAME or Path(peer.model).exists():
        return
    known = f"import spacy.util, sys; sys.exit(not spacy.util.is_package({peer.model!r}))"
    if subprocess.run([str(python), "-c", known], capture_output=True, check=False).returncode:  # noqa: S603
        _pip(python, "pip")  # spaCy downloads with the pip beside it
        try:
            _run([str(python), "-m", "spacy", "download", peer.model])
        except NotInstalled:
            raise NotInstalled(f"the pipeline {peer.model} is not installed and cannot be fetched") from None


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_DEADLINE_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NotInstalled(f"cannot be installed: {type(fault).__name__}") from None
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines or ["no reason given"]
        raise NotInstalled(f"cannot be installed: {errors[-1][:160]}")

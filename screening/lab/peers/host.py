"""Runs inside a peer's environment, with nothing but the standard library and the peer.

    python -I host.py RUNNER PACKAGE,PACKAGE [MODEL]

Standard input has lines ``{"id", "text"}``. Standard output gets a line ``{"versions": {package: version}}``, then for
each text ``{"id", "findings": [{"start", "end", "label"}], "ms"}``; ``"error"`` names the exception that a text raised.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Find = Callable[[str], Iterable[tuple[int, int, str]]]

# Read before the clock starts, so that no peer pays on the first post for what it loads late.
_WARM_UP = "Saw Ann Miller (34) in Springfield on March 3rd; call 202-555-0142 or write to ann@example.com about Acme."


def main(runner: str, packages: str, model: str = "") -> None:
    """Answer every line of standard input with the runner's findings."""
    warnings.simplefilter("ignore")
    out = _own_output()
    find: Find = runpy.run_path(runner)["load"](model)
    list(find(_WARM_UP))
    _write(out, {"versions": {name: version(name) for name in packages.split(",")}})
    for line in sys.stdin:
        row = json.loads(line)
        _write(out, {"id": row["id"]} | _read(find, row["text"]))


def _own_output() -> TextIO:
    """Keep standard output for the answers; what a peer prints goes to standard error."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    mine = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return mine


def _read(find: Find, text: str) -> dict[str, Any]:
    began = time.perf_counter()
    error = {}
    try:
        findings = list(find(text))
    except Exception as fault:  # noqa: BLE001 - whatever a peer raises, the other posts are still read
        findings, error = [], {"error": type(fault).__name__}
    ms = (time.perf_counter() - began) * 1000
    spans = [{"start": start, "end": end, "label": label} for start, end, label in findings]
    return {"findings": spans, "ms": ms} | error


def _write(out: TextIO, row: dict[str, Any]) -> None:
    out.write(json.dumps(row) + "\n")
    out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

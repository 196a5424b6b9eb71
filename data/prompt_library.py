"""The shipped decompression prompts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DIRECTORY = Path(__file__).resolve().parent / "prompts"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: what to do in how many minutes, what it rests on, and where that was shown."""

    id: str
    theme: str
    minutes: int
    tone: str
    text: str
    idea: str
    source: str


@lru_cache(maxsize=1)
def load(directory: Path = _DIRECTORY) -> dict[str, Prompt]:
    """Return all prompts by id, in the order of the files. Raises: OSError, tomllib.TOMLDecodeError, TypeError."""
    found: dict[str, Prompt] = {}
    for path in sorted(directory.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["prompt"]:
            prompt = Prompt(theme=path.stem.replace("_", " "), **{**row, "text": row["text"].strip()})
            found[prompt.id] = prompt
    return found

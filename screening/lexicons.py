"""The word lists the engine reads: who is named what, which words are never a finding, and what to say instead."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from screening import vectors
from screening.vectors import Vectors

DIRECTORY = Path(__file__).resolve().parent.parent / "data" / "lexicons"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicons:
    """Every list, lower-cased, as sets or as term → wording.

    ``common`` gives an ordinary word's commonness class: 1 the most common four thousand English
    words, 7 the rarest of a large dictionary (SCOWL sizes 10 to 60 and up). ``senses`` gives what kind of thing a
    word or phrase means, as codes parted by spaces (WordNet; see ``screening.lab.wordnet``).
    """

    first_names: frozenset[str]
    last_names: frozenset[str]
    nicknames: frozenset[str]
    ambiguous_names: frozenset[str]
    places: frozenset[str]
    regions: frozenset[str]
    common: dict[str, int]
    senses: dict[str, str]
    never: frozenset[str]
    public_figures: frozenset[str]
    diagnoses: frozenset[str]
    holidays: frozenset[str]
    organisations: frozenset[str]
    person_cues: frozenset[str]
    org_kinds: dict[str, str]
    place_kinds: dict[str, str]
    occupations: dict[str, str]
    demographics: dict[str, str]
    conditions: dict[str, str]
    family: dict[str, str]
    vectors: Vectors

    def is_name(self, word: str) -> bool:
        """Say whether a lower-case word is a first, last or short name."""
        return word in self.first_names or word in self.nicknames or word in self.last_names


@lru_cache(maxsize=2)
def load(directory: Path = DIRECTORY) -> Lexicons:
    """Read all lists. Raises: OSError: a list is missing or cannot be read."""
    words = _Reader(directory)
    return Lexicons(
        first_names=words.built("first_names"),
        last_names=words.built("last_names"),
        nicknames=words.listed("nicknames"),
        ambiguous_names=words.listed("ambiguous_names"),
        places=words.built("places"),
        regions=words.built("regions"),
        common={word: int(size) for word, size in words.pairs("common_words")},
        senses=dict(words.pairs("senses")),
        never=words.listed("eponyms", "approaches", "scales", "drugs", "peers_software"),
        public_figures=words.listed("public_figures"),
        diagnoses=words.listed("common_diagnoses"),
        holidays=words.listed("holidays"),
        organisations=words.listed("organisations"),
        person_cues=words.listed("person_cues"),
        org_kinds=words.table("org_kinds"),
        place_kinds=words.table("place_kinds"),
        occupations=words.table("occupations"),
        demographics=words.table("demographics"),
        conditions=words.table("conditions"),
        family=words.table("family_terms"),
        vectors=vectors.load(directory / "built"),
    )


class _Reader:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def built(self, name: str) -> frozenset[str]:
        return frozenset(map(str.lower, self._unpacked(name)))

    def pairs(self, name: str) -> Iterator[tuple[str, str]]:
        for line in self._unpacked(name):
            word, _, value = line.partition("\t")
            yield word, sys.intern(value)

    def _unpacked(self, name: str) -> list[str]:
        return gzip.decompress((self.directory / "built" / f"{name}.txt.gz").read_bytes()).decode().splitlines()

    def listed(self, *names: str) -> frozenset[str]:
        return frozenset(line.lower() for name in names for line in self._lines(name))

    def table(self, name: str) -> dict[str, str]:
        rows = (line.split("\t") for line in self._lines(name))
        return {row[0].strip().lower(): row[1].strip() for row in rows}

    def _lines(self, name: str) -> list[str]:
        text = (self.directory / f"{name}.txt").read_text(encoding="utf-8")
        return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]

"""What kind of thing each common word means, read from WordNet's own files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DIRECTORY = Path("/usr/share/wordnet")
# A class of Pause's own → nouns (in their first sense) whose narrower terms belong to it.
_CLASSES = {
    "job": "worker professional performer artist athlete leader official clergyman businessperson creator expert serviceman "
    "scientist engineer educator defender maker adjudicator traveler entertainer",
    "ill": "disease disorder illness injury syndrome disability abnormality birth_defect",
    "folk": "inhabitant religionist ethnic_group religious_person",
    "kin": "relative",
    "house": "building institution facility establishment",
    "spot": "geological_formation body_of_water road tract way",
}
_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_PERSON = 18
_ENDINGS = {
    "n": (
        ("s", ""),
        ("ses", "s"),
        ("xes", "x"),
        ("zes", "z"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("men", "man"),
        ("ies", "y"),
    ),
    "v": (("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
    "a": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
    "r": (),
}


@dataclass(frozen=True, slots=True)
class _Synset:
    kind: int
    lemmas: tuple[str, ...]
    narrower: tuple[str, ...]
    is_instance: bool


def senses(words: Iterable[str], directory: Path = DIRECTORY) -> Iterator[tuple[str, str]]:
    """Yield each lower-case word or phrase with its codes, parted by spaces; of ``words`` also the inflected ones.

    ``n18`` is the lexicographer file of the word's first sense as a noun, ``v32`` as a verb, ``a`` and ``r`` mark
    adjectives and adverbs (WordNet 3.0, lexnames(5WN)); a bare word is a class above. Raises: OSError.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for letter, part in _PARTS.items():
        synsets = _synsets(directory / f"data.{part}")
        ranked = dict(_ranked(directory / f"index.{part}"))
        for lemma, code in _first_senses(letter, synsets, ranked):
            found[lemma].append(code)
        if letter == "n":
            for name, lemmas in _classes(synsets, ranked):
                for lemma in lemmas:
                    found[lemma].append(name)
    exceptions = {part: _exceptions(directory / f"{part}.exc") for part in _PARTS.values()}
    for word in words:
        if word not in found or word.endswith(("ing", "ed")):
            codes = _inflected(word, found, exceptions)
            found[word] = list(dict.fromkeys([*found.get(word, ()), *codes]))
    for lemma in sorted(found):
        if found[lemma]:
            yield lemma.replace("_", " "), " ".join(found[lemma])


def _first_senses(
    letter: str, synsets: dict[str, _Synset], ranked: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    for lemma, offsets in ranked.items():
        first = synsets[offsets[0]]
        if lemma.isalpha() and not any(written[:1].isupper() for written in first.lemmas):
            yield lemma, f"{letter}{first.kind}" if letter in "nv" else letter


def _inflected(word: str, found: dict[str, list[str]], exceptions: dict[str, dict[str, str]]) -> list[str]:
    """WordNet's own way from an inflected form to its lemma (morphy(7WN)); the form's part of speech is marked."""
    codes: list[str] = []
    for letter, part in _PARTS.items():
        lemmas = [
            exceptions[part].get(word, ""),
            *(word.removesuffix(a) + b for a, b in _ENDINGS[letter] if word.endswith(a)),
        ]
        lemma = next((low for low in lemmas if any(c.startswith(letter) for c in found.get(low, ()))), None)
        if lemma:
            codes += [c for c in found[lemma] if c.startswith(letter) or (letter == "n" and c in _CLASSES)]
            codes.append(f"{letter}+")
    return list(dict.fromkeys(codes))


def _exceptions(path: Path) -> dict[str, str]:
    return {form: lemma for form, lemma, *_ in map(str.split, path.read_text(encoding="ascii").splitlines())}


def _synsets(path: Path) -> dict[str, _Synset]:
    synsets = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        lemmas = tuple(fields[4 : 4 + 2 * count : 2])
        pointers = fields[5 + 2 * count :]
        narrower = tuple(pointers[i + 1] for i in range(len(pointers) - 1) if pointers[i] in ("~", "~i"))
        synsets[fields[0]] = _Synset(int(fields[1]), lemmas, narrower, "@i" in pointers)
    return synsets


def _ranked(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each lemma with its synsets, the most frequent first."""
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            yield fields[0], tuple(fields[-int(fields[2]) :])


def _classes(synsets: dict[str, _Synset], ranked: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, set[str]]]:
    """Yield each class with its lemmas: one of their two first senses is narrower than one of the class's roots."""
    peoples = {o for o, s in synsets.items() if s.kind == _PERSON and s.lemmas[0][:1].isupper() and not s.is_instance}
    for name, roots in _CLASSES.items():
        inside = set(peoples) if name == "folk" else set()
        waiting = [ranked[root][0] for root in roots.split()]
        while waiting:
            offset = waiting.pop()
            if offset not in inside:
                inside.add(offset)
                waiting += synsets[offset].narrower
        lemmas = {lemma.lower() for offset in inside for lemma in synsets[offset].lemmas}
        yield name, {low for low in lemmas if inside & set(ranked.get(low, ())[:2]) and low.count("_") < 3}

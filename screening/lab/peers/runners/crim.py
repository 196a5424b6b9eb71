"""CommonRegex Improved: its expressions, with the places where they match (its own calls return the words alone)."""

import re
from collections.abc import Callable

import crim


def load(_model: str) -> Callable[[str], list[tuple[int, int, str]]]:
    """Return what finds details in a text."""
    regexes = {name: re.compile(pattern) for name, pattern in crim.regex_map.items()}
    return lambda text: [
        (match.start(), match.end(), name) for name, regex in regexes.items() for match in regex.finditer(text)
    ]

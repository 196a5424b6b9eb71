"""CommonRegex: its expressions, with the places where they match (its own calls return the words alone)."""

from collections.abc import Callable

from commonregex import regexes


def load(_model: str) -> Callable[[str], list[tuple[int, int, str]]]:
    """Return what finds details in a text."""
    return lambda text: [
        (match.start(), match.end(), name) for name, regex in regexes.items() for match in regex.finditer(text)
    ]

"""How long screening takes, by the length of the draft, and what a start costs."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from screening import Screener
from screening.lab.corpus import Post

LENGTHS = (20, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Row:
    """Drafts of about ``words`` words: how many were screened, milliseconds each, and how many a second."""

    words: int
    drafts: int
    p50_ms: float
    p99_ms: float
    per_second: float


def measure(posts: Sequence[Post], *, rounds: int = 200) -> Iterator[Row]:
    """Yield a row for each length; the drafts are made by joining real posts. One thread, one core."""
    screener = Screener.load()
    words = [word for post in posts for word in post.text.split(" ")]
    for length in LENGTHS:
        times = []
        for start in range(rounds):
            at = start * 37 % (len(words) - length)
            draft = " ".join(words[at : at + length])
            began = time.perf_counter()
            screener.screen(draft)
            times.append((time.perf_counter() - began) * 1000)
        yield Row(length, rounds, median(times), quantiles(times, n=100)[98], 1000 * rounds / sum(times))


def start_up(command: Iterable[str]) -> float:
    """Return the seconds that ``python bot.py …`` takes for one short draft, as a user waits for it."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], input=b"Long day.", stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return time.perf_counter() - began


def peak_memory_mb() -> float:
    """Return the most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

"""The screening engine: text in, Screening out. No Discord, no database, no network."""

from screening.results import Context, Finding, Label, Screening, Strictness, Tier, Verdict
from screening.screener import Options, Screener
from screening.worker import ScreeningError, ScreeningFailed, ScreeningTimeout, Worker

__all__ = [
    "Context",
    "Finding",
    "Label",
    "Options",
    "Screener",
    "Screening",
    "ScreeningError",
    "ScreeningFailed",
    "ScreeningTimeout",
    "Strictness",
    "Tier",
    "Verdict",
    "Worker",
]

"""The screening engine: text in, Screening out. No Discord, no database, no network."""

from screening.results import (
    NEVER_ALLOWED,
    Allowed,
    Context,
    Finding,
    Label,
    NotAllowable,
    Screening,
    Strictness,
    Tier,
    Verdict,
)
from screening.screener import Options, Screener
from screening.worker import ScreeningError, ScreeningFailed, ScreeningTimeout, Worker

__all__ = [
    "NEVER_ALLOWED",
    "Allowed",
    "Context",
    "Finding",
    "Label",
    "NotAllowable",
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

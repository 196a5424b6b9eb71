"""Logs without content: an allow-list of keys, exceptions as type and place, other libraries' records as templates."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

# Everything that may stand beside an event. Values are ids of Pause's own making, codes, counts and milliseconds.
ALLOWED = frozenset(
    {"timestamp", "level", "logger", "event", "error", "place", "draft", "review", "schedule", "prompt", "verdict"}
    | {"findings", "ms", "state", "reason", "code", "count", "keys", "gates", "guilds", "attempt", "drafts", "notices"}
)


def _only_allowed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list, and describe an exception without its message."""
    fault = event.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()
    if isinstance(fault, BaseException):
        fault = (type(fault), fault, fault.__traceback__)
    if isinstance(fault, tuple) and fault[0] is not None:
        event["error"] = fault[0].__name__
        event["place"] = _place(fault)
    return {key: value for key, value in event.items() if key in ALLOWED}


def _place(fault: tuple[Any, Any, Any]) -> str:
    frames = traceback.extract_tb(fault[2])
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


class _Template(logging.Filter):
    """Keep a foreign record's template and its exception's type and place; its arguments may hold anything."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "_logger"):  # structlog's own records bring it along
            record.args = ()
            if not isinstance(record.msg, str) or record.name.startswith(("asyncio", "py.warnings")):
                record.msg = f"a message of {record.name}"
            if record.exc_info and record.exc_info[0]:
                record.error, record.place = record.exc_info[0].__name__, _place(record.exc_info)
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every record of every library through the one gate, to ``stream`` (standard error by default)."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=("error", "place"))],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _only_allowed,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_Template())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Below INFO these print payloads and bound values.
    for name in ("discord", "aiosqlite", "sqlalchemy", "asyncio", "alembic"):
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of one module."""
    made: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return made

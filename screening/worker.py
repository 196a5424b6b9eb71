"""The screener in a process of its own, killed and started again when it hangs.

ScreeningError
├── ScreeningTimeout   the deadline passed; the process was killed
└── ScreeningFailed    the screener raised, or its process ended
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from screening.results import Context, Screening

# A cold machine needs a few seconds to load the model; a minute means that it never will.
_START_S = 60.0


class ScreeningError(Exception):
    """There is no result: treat the draft as unread. The message holds no text."""


class ScreeningTimeout(ScreeningError):
    """The screening took longer than its deadline."""


class ScreeningFailed(ScreeningError):
    """The screener raised, or its process could not be started or ended early."""


class Screens(Protocol):
    """Anything that screens."""

    def screen(self, text: str, context: Context | None = None) -> Screening:
        """Return what identifies a client in ``text``."""
        ...


class Worker:
    """One process that screens one draft at a time.

    A runaway pattern holds Python's interpreter lock, so that in a thread it would stop the heartbeats too;
    a process can be killed. ``load`` runs in the process and must be importable from it.
    """

    def __init__(self, load: Callable[[], Screens], *, deadline_s: float) -> None:
        self._load = load
        self._deadline_s = deadline_s
        self._turn = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    async def start(self) -> None:
        """Load the screener. Raises: ScreeningFailed: it cannot be loaded."""
        await asyncio.to_thread(self._started)

    async def screen(self, text: str, context: Context) -> Screening:
        """Return the screening of ``text``. Raises: ScreeningTimeout, ScreeningFailed."""
        return await asyncio.to_thread(self._exchange, text, context)

    async def close(self) -> None:
        """End the process."""
        await asyncio.to_thread(self._kill)

    def _started(self) -> None:
        with self._turn:
            self._ready()

    def _exchange(self, text: str, context: Context) -> Screening:
        with self._turn:
            pipe = self._ready()
            with _Deadline(self._deadline_s, self._kill_process) as deadline:
                try:
                    pipe.send((text, context))
                    result = pipe.recv()
                except (EOFError, OSError):
                    self._kill()
                    if deadline.passed:
                        raise ScreeningTimeout(f"no result within {self._deadline_s:g} s") from None
                    raise ScreeningFailed("the screening process ended") from None
        if isinstance(result, Screening):
            return result
        raise ScreeningFailed(f"the screener raised {result}")

    def _ready(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._kill()
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(self._load, theirs), daemon=True, name="pause-screening")
        self._process.start()
        theirs.close()
        with _Deadline(_START_S, self._kill_process), contextlib.suppress(EOFError, OSError):
            if self._pipe.recv() == "ready":
                return self._pipe
        self._kill()
        raise ScreeningFailed("the screener could not be loaded")

    def _kill_process(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _kill(self) -> None:
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()


class _Deadline:
    """Calls ``end`` unless the block is left in time; ``passed`` says whether it was called."""

    def __init__(self, seconds: float, end: Callable[[], None]) -> None:
        self.passed = False
        self._end = end
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._timer.cancel()

    def _pass(self) -> None:
        self.passed = True
        self._end()


def _serve(load: Callable[[], Screens], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which then closes this end
    screener = load()
    pipe.send("ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            text, context = pipe.recv()
            try:
                pipe.send(screener.screen(text, context))
            except Exception as fault:  # noqa: BLE001 - whatever went wrong, the draft counts as unread
                pipe.send(type(fault).__name__)

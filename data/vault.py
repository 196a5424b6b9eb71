"""Seals what must not be readable in a stolen database, and names people without naming them.

VaultError
├── KeyFileExposed    a key file can be read by others
├── KeyGone           the week's key was shredded, or its file is lost
└── SealBroken        the bytes were changed, or belong to another row
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class VaultError(Exception):
    """Something is wrong with a key or a seal. The message never holds what was sealed."""


class KeyFileExposed(VaultError):
    """A key file's mode lets others read it."""


class KeyGone(VaultError):
    """The key that sealed this is not there any more."""


class SealBroken(VaultError):
    """The sealed bytes are damaged or stand where they do not belong."""


class Vault:
    """Two key rings and a pseudonym key in one folder, outside the database.

    What has a retention time is sealed with its week's key: dropping the key makes it unreadable
    in every old backup too. What lasts (a subscription) is sealed with the standing ring, whose
    file holds one key a line, the newest first.
    """

    def __init__(self, directory: Path, now: Callable[[], datetime]) -> None:
        self._directory = directory
        self._now = now
        self._weeks: dict[str, Fernet] = {}
        self.created: list[str] = []
        self._standing = MultiFernet([Fernet(line) for line in self._key("standing").split()])
        self._pseudonyms = base64.urlsafe_b64decode(self._key("pseudonym"))

    @classmethod
    def open(cls, directory: Path, now: Callable[[], datetime]) -> Vault:
        """Load the keys in ``directory``; make those that are missing, readable by this user alone.

        Raises: KeyFileExposed: others may read a key file; OSError: the folder cannot be used.
        """
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(directory, now)

    def seal(self, purpose: str, row: str, text: str, *, lasting: bool = False) -> bytes:
        """Return ``text`` encrypted and bound to its ``purpose`` and ``row``."""
        body = json.dumps([purpose, row, text]).encode()
        if lasting:
            return b"standing:" + self._standing.encrypt(body)
        week = self._week_of(self._now())
        return f"{week}:".encode() + self._week(week, make=True).encrypt(body)

    def unseal(self, purpose: str, row: str, sealed: bytes) -> str:
        """Return the text sealed for ``purpose`` and ``row``.

        Raises: KeyGone: its key was shredded; SealBroken: it was changed or moved from another row.
        """
        ring, _, token = sealed.partition(b":")
        keys = self._standing if ring == b"standing" else self._week(ring.decode("ascii", "replace"))
        try:
            owner, place, text = json.loads(keys.decrypt(token))
        except (InvalidToken, ValueError):
            raise SealBroken("a sealed value is damaged") from None
        if (owner, place) != (purpose, row):
            raise SealBroken("a sealed value stands in the wrong row")
        return str(text)

    def pseudonym(self, *parts: str | int) -> str:
        """Return 32 hexadecimal digits that stand for ``parts`` and cannot be guessed from a list of user ids."""
        body = b"".join(b"%d:%s" % (len(part), part) for part in (str(p).encode() for p in parts))
        return hmac.new(self._pseudonyms, body, hashlib.sha256).hexdigest()[:32]

    def shred(self, before: datetime) -> int:
        """Delete the keys of all weeks that ended before ``before``; return how many."""
        last = self._week_of(before)
        old = [path for path in self._directory.glob("week-*.key") if path.stem.removeprefix("week-") < last]
        for path in old:
            self._weeks.pop(path.stem.removeprefix("week-"), None)
            path.unlink(missing_ok=True)
        return len(old)

    @staticmethod
    def _week_of(moment: datetime) -> str:
        year, week, _ = moment.isocalendar()
        return f"{year}-W{week:02}"

    def _week(self, week: str, *, make: bool = False) -> Fernet:
        if week not in self._weeks:
            path = self._directory / f"week-{week}.key"
            if not make and not path.exists():
                raise KeyGone("the key of this week is gone")
            self._weeks[week] = Fernet(self._key(f"week-{week}").strip())
        return self._weeks[week]

    def _key(self, name: str) -> bytes:
        path = self._directory / f"{name}.key"
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise KeyFileExposed(f"{path} can be read by others: run chmod 600 on it") from None
            return path.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        self.created.append(path.name)
        return path.read_bytes()


#: How far apart two weeks' keys are; a retention is rounded up to it when keys are shredded.
WEEK = timedelta(weeks=1)

"""What to tell a member at the next visit, when a direct message cannot reach them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.store import tables
from data.store._engine import Database
from data.vault import Vault, VaultError


class Notices:
    """Sealed sentences by pseudonym; each is given once."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._now = now

    async def leave(self, member_id: int, text: str, *, keep: timedelta) -> None:
        """Keep ``text`` for the member, at most for ``keep``."""
        key = secrets.token_hex(8)
        async with self._database.begin() as connection:
            await connection.execute(
                sa.insert(tables.notices).values(
                    key=key,
                    member_tag=self._vault.pseudonym("notice", member_id),
                    sealed=self._vault.seal("notice", key, text, lasting=True),
                    expires_at=self._now() + keep,
                )
            )

    async def take(self, member_id: int) -> tuple[str, ...]:
        """Return what waits for the member and delete it."""
        waiting = tables.notices.c.member_tag == self._vault.pseudonym("notice", member_id)
        async with self._database.begin() as connection:
            found = await connection.execute(
                sa.delete(tables.notices).where(waiting).returning(tables.notices.c.key, tables.notices.c.sealed)
            )
            rows = found.all()
        return tuple(text for key, sealed in rows if (text := self._open(key, sealed)))

    def _open(self, key: str, sealed: bytes) -> str | None:
        try:
            return self._vault.unseal("notice", key, sealed)
        except VaultError:
            return None

"""Forgetting on time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.store import tables
from data.store._engine import Database
from data.store.drafts import ENDED, DraftState
from data.vault import WEEK, Vault


@dataclass(frozen=True, slots=True)
class Purged:
    """How many drafts and notices ran out, and how many weeks' keys were shredded."""

    drafts: int
    notices: int
    keys: int


class Upkeep:
    """What runs at the start and every hour."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def purge(self, at: datetime, *, longest: timedelta) -> Purged:
        """Delete the text of drafts past their retention, close their reviews, drop old notices and keys.

        ``longest`` is the longest retention: keys of weeks that ended before it are shredded.
        """
        async with self._database.begin() as connection:
            drafts = await connection.execute(
                sa.update(tables.drafts)
                .where(tables.drafts.c.expires_at <= at, tables.drafts.c.state.not_in([s.value for s in ENDED]))
                .values(state=DraftState.EXPIRED.value, sealed=None)
            )
            gone = sa.select(tables.drafts.c.key).where(tables.drafts.c.state == DraftState.EXPIRED.value)
            await connection.execute(
                sa.update(tables.reviews)
                .where(tables.reviews.c.decision.is_(None), tables.reviews.c.draft_key.in_(gone))
                .values(decision="expired", decided_at=at)
            )
            notices = await connection.execute(sa.delete(tables.notices).where(tables.notices.c.expires_at <= at))
        await self._checkpoint()
        return Purged(drafts.rowcount, notices.rowcount, self._vault.shred(at - longest - WEEK))

    async def _checkpoint(self) -> None:
        """Move the write-ahead log into the database, so that what was deleted stands in no file."""
        if self._database.engine.dialect.name != "sqlite":
            return
        async with self._database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

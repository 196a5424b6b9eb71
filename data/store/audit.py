"""Who decided what, when and why: codes and keys, never text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from data.store import tables
from data.store._engine import Database


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One decision. ``actor_id`` is a moderator's, or None where a member or Pause itself acted."""

    at: datetime
    guild_id: int
    actor_id: int | None
    action: str
    subject: str
    reason: str = ""


class Audit:
    """The log; rows are only ever added."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, row: AuditRow) -> None:
        """Add a row of its own (a decision adds its row in its own transaction)."""
        async with self._database.begin() as connection:
            await add(connection, row)

    async def rows(self, guild_id: int, *, limit: int = 100) -> tuple[AuditRow, ...]:
        """Return a server's latest rows, the newest first."""
        columns = [c for c in tables.audit.c if c.name != "id"]
        query = (
            sa.select(*columns)
            .where(tables.audit.c.guild_id == guild_id)
            .order_by(tables.audit.c.id.desc())
            .limit(limit)
        )
        async with self._database.begin() as connection:
            return tuple(AuditRow(**row) for row in (await connection.execute(query)).mappings())


async def add(connection: AsyncConnection, row: AuditRow) -> None:
    """Add a row inside the caller's transaction."""
    await connection.execute(
        sa.insert(tables.audit).values(
            at=row.at,
            guild_id=row.guild_id,
            actor_id=row.actor_id,
            action=row.action,
            subject=row.subject,
            reason=row.reason,
        )
    )

"""Terms that a server's moderators allow in its posts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from data.store import audit, tables
from data.store._engine import Database
from data.store.audit import AuditRow
from data.store.errors import TooManyTerms

# Each screening compares what it found with all of them.
MOST = 500
# In letters, as typed; a name of Discord's own choices holds 100.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class AllowedTerm:
    """A term allowed under every label, or under ``label`` alone; ``term`` is folded: case does not count."""

    key: str
    guild_id: int
    term: str = field(repr=False)
    label: str | None
    added_by: int
    added_at: datetime


class Terms:
    """Allowed terms by server; each change and its audit row, which does not hold the term, are one transaction."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def of(self, guild_id: int) -> tuple[AllowedTerm, ...]:
        """Return the server's terms in alphabetical order."""
        query = sa.select(tables.allowed_terms).where(tables.allowed_terms.c.guild_id == guild_id)
        async with self._database.begin() as connection:
            found = [AllowedTerm(**row) for row in (await connection.execute(query)).mappings()]
        return tuple(sorted(found, key=lambda kept: (kept.term, kept.label or "")))

    async def allow(self, guild_id: int, term: str, label: str | None = None, *, by: int) -> bool:
        """Allow a term, under one label or under all; say whether that is new. Raises: TooManyTerms."""
        new = AllowedTerm(secrets.token_hex(8), guild_id, folded(term), label, by, self._now())
        async with self._database.begin() as connection:
            if not await _added(connection, new):
                return False
            # SQLite is locked by the insertion, so that two at the same instant cannot both take the last place;
            # PostgreSQL may let them, and a few more hurt nobody.
            if await _count(connection, guild_id) > MOST:
                raise TooManyTerms(f"A server can allow {MOST} terms at most. Forget one first: `/terms forget`.")
            await audit.add(connection, AuditRow(new.added_at, guild_id, by, "term.allowed", new.key, label or ""))
        return True

    async def forget(self, guild_id: int, term: str, *, by: int) -> bool:
        """Forget a term under every label; say whether there was one."""
        table = tables.allowed_terms
        query = (
            sa.delete(table)
            .where(table.c.guild_id == guild_id, table.c.term == folded(term))
            .returning(table.c.key, table.c.label)
        )
        async with self._database.begin() as connection:
            gone = (await connection.execute(query)).all()
            for key, label in gone:
                await audit.add(connection, AuditRow(self._now(), guild_id, by, "term.forgotten", key, label or ""))
        return bool(gone)


def folded(term: str) -> str:
    """Return a term as it is kept and compared: without regard to case, one space between words."""
    return " ".join(term.split()).casefold()


async def _added(connection: AsyncConnection, new: AllowedTerm) -> bool:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    query = insert(tables.allowed_terms).values(asdict(new)).on_conflict_do_nothing()
    return bool((await connection.execute(query)).rowcount)


async def _count(connection: AsyncConnection, guild_id: int) -> int:
    table = tables.allowed_terms
    query = sa.select(sa.func.count()).select_from(table).where(table.c.guild_id == guild_id)
    return (await connection.execute(query)).scalar_one()

"""When prompts are due, who has claimed them, and each recipient's deck."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from data.schedule import draw
from data.store import tables
from data.store._engine import Database
from data.vault import Vault


class Recipient(StrEnum):
    """To whom a schedule sends."""

    CHANNEL = "channel"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One recurring prompt.

    ``grace_s`` is how many seconds late it may still be sent; ``prompt_id`` the prompt that an
    earlier attempt at this due date chose.
    """

    guild_id: int
    kind: Recipient
    target_id: int
    rule: str
    zone: str
    due_at: datetime
    grace_s: int = 6 * 3600
    attempt: int = 0
    paused_reason: str | None = None
    prompt_id: str | None = None
    id: int = 0


class Schedules:
    """Schedules by recipient; due ones are claimed so that no two processes send the same."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def save(self, schedule: Schedule) -> None:
        """Keep the recipient's schedule, instead of an earlier one."""
        await self.cancel(schedule.guild_id, schedule.kind, schedule.target_id)
        tag = self._tag(schedule.kind, schedule.target_id)
        async with self._database.begin() as connection:
            await connection.execute(
                sa.insert(tables.schedules).values(
                    guild_id=schedule.guild_id,
                    kind=schedule.kind.value,
                    target_tag=tag,
                    target_sealed=self._vault.seal("schedule", tag, str(schedule.target_id), lasting=True),
                    rule=schedule.rule,
                    zone=schedule.zone,
                    due_at=schedule.due_at,
                    grace_s=schedule.grace_s,
                    attempt=0,
                )
            )

    async def cancel(self, guild_id: int, kind: Recipient, target_id: int) -> bool:
        """Delete the recipient's schedule; say whether there was one."""
        async with self._database.begin() as connection:
            done = await connection.execute(sa.delete(tables.schedules).where(*self._of(guild_id, kind, target_id)))
            return bool(done.rowcount)

    async def find(self, guild_id: int, kind: Recipient, target_id: int) -> Schedule | None:
        """Return the recipient's schedule, or None."""
        query = sa.select(tables.schedules).where(*self._of(guild_id, kind, target_id))
        async with self._database.begin() as connection:
            row = (await connection.execute(query)).mappings().first()
        return self._open(dict(row)) if row else None

    async def next_due_at(self) -> datetime | None:
        """Return when the earliest unpaused schedule can be claimed: it is due, and no lease is on it."""
        table = tables.schedules
        leased = sa.and_(table.c.leased_until.is_not(None), table.c.leased_until > table.c.due_at)
        free_at = sa.case((leased, table.c.leased_until), else_=table.c.due_at)
        query = sa.select(sa.func.min(free_at, type_=tables.UtcDateTime())).where(table.c.paused_reason.is_(None))
        async with self._database.begin() as connection:
            moment: datetime | None = (await connection.execute(query)).scalar()
        return moment

    async def claim(self, at: datetime, *, lease: timedelta, limit: int) -> tuple[Schedule, ...]:
        """Lease up to ``limit`` schedules that are due at ``at``; nobody else gets them until the lease ends."""
        table = tables.schedules
        free = sa.or_(table.c.leased_until.is_(None), table.c.leased_until < at)
        due = (
            sa.select(table.c.id)
            .where(table.c.due_at <= at, table.c.paused_reason.is_(None), free)
            .order_by(table.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        query = sa.update(table).where(table.c.id.in_(due), free).values(leased_until=at + lease).returning(table)
        async with self._database.begin() as connection:
            return tuple(self._open(dict(row)) for row in (await connection.execute(query)).mappings())

    async def choose(self, schedule: Schedule, every: Sequence[str], chance: random.Random) -> str:
        """Return the prompt for this due date: drawn from the recipient's deck once, the same at a retry."""
        table = tables.schedules
        async with self._database.begin() as connection:
            kept = (await connection.execute(sa.select(table.c.prompt_id).where(table.c.id == schedule.id))).scalar()
            if kept in every:
                return str(kept)
            recipient = f"{schedule.kind.value}:{self._tag(schedule.kind, schedule.target_id)}"
            chosen = await self._draw(connection, recipient, every, chance)
            await connection.execute(sa.update(table).where(table.c.id == schedule.id).values(prompt_id=chosen))
        return chosen

    async def draw_for(self, member_id: int, every: Sequence[str], chance: random.Random) -> str:
        """Return the next prompt of a member's own deck, for one asked for on the spot."""
        async with self._database.begin() as connection:
            tag = self._tag(Recipient.MEMBER, member_id)
            return await self._draw(connection, f"member:{tag}", every, chance)

    async def done(self, schedule: Schedule, next_due: datetime) -> bool:
        """Move on to the next date, if nobody else did; say so."""
        values = {"due_at": next_due, "leased_until": None, "attempt": 0, "prompt_id": None}
        return await self._settle(schedule, values)

    async def retry(self, schedule: Schedule, at: datetime) -> bool:
        """Try again at ``at``: the due date stays, so that the grace time still counts from it."""
        return await self._settle(schedule, {"leased_until": at, "attempt": schedule.attempt + 1})

    async def pause(self, schedule: Schedule, reason: str) -> bool:
        """Send nothing more until somebody sets the schedule again."""
        return await self._settle(schedule, {"paused_reason": reason, "leased_until": None})

    async def _settle(self, schedule: Schedule, values: dict[str, Any]) -> bool:
        table = tables.schedules
        same = table.c.id == schedule.id, table.c.due_at == schedule.due_at
        async with self._database.begin() as connection:
            return bool((await connection.execute(sa.update(table).where(*same).values(**values))).rowcount)

    async def _draw(self, connection: Any, recipient: str, every: Sequence[str], chance: random.Random) -> str:
        table = tables.decks
        row = (await connection.execute(sa.select(table).where(table.c.recipient == recipient))).mappings().first()
        chosen, rest = draw(row["remaining"] if row else (), every, row["last"] if row else None, chance)
        await connection.execute(sa.delete(table).where(table.c.recipient == recipient))
        await connection.execute(sa.insert(table).values(recipient=recipient, remaining=list(rest), last=chosen))
        return chosen

    def _tag(self, kind: Recipient, target_id: int) -> str:
        return self._vault.pseudonym("schedule", kind.value, target_id)

    def _of(self, guild_id: int, kind: Recipient, target_id: int) -> tuple[sa.ColumnElement[bool], ...]:
        table = tables.schedules
        return (
            table.c.guild_id == guild_id,
            table.c.kind == kind.value,
            table.c.target_tag == self._tag(kind, target_id),
        )

    def _open(self, row: dict[str, Any]) -> Schedule:
        return Schedule(
            guild_id=row["guild_id"],
            kind=Recipient(row["kind"]),
            target_id=int(self._vault.unseal("schedule", row["target_tag"], row["target_sealed"])),
            rule=row["rule"],
            zone=row["zone"],
            due_at=row["due_at"],
            grace_s=row["grace_s"],
            attempt=row["attempt"],
            paused_reason=row["paused_reason"],
            prompt_id=row["prompt_id"],
            id=row["id"],
        )

"""What a server's administrators have set, and its gates."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from data.store import tables
from data.store._engine import Database


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """Where the moderators are, and whether members may post under an alias (off unless switched on)."""

    guild_id: int
    moderators_channel_id: int
    moderators_role_id: int
    aliases_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """A channel in which only Pause posts."""

    channel_id: int
    guild_id: int
    webhook_id: int
    panel_message_id: int


class Guilds:
    """Settings and gates by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, guild_id: int) -> GuildSettings | None:
        """Return the server's settings, or None before /setup."""
        async with self._database.begin() as connection:
            found = await connection.execute(sa.select(tables.guilds).where(tables.guilds.c.guild_id == guild_id))
            row = found.mappings().first()
        return GuildSettings(**row) if row else None

    async def save(self, settings: GuildSettings) -> None:
        """Keep the server's settings, instead of earlier ones."""
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(tables.guilds).where(tables.guilds.c.guild_id == settings.guild_id))
            await connection.execute(sa.insert(tables.guilds).values(**asdict(settings)))

    async def gate(self, channel_id: int) -> Gate | None:
        """Return the gate at a channel, or None if it is none."""
        async with self._database.begin() as connection:
            found = await connection.execute(sa.select(tables.gates).where(tables.gates.c.channel_id == channel_id))
            row = found.mappings().first()
        return Gate(**row) if row else None

    async def gates(self, guild_id: int | None = None) -> tuple[Gate, ...]:
        """Return all gates, of one server or of every one."""
        query = sa.select(tables.gates).order_by(tables.gates.c.channel_id)
        if guild_id is not None:
            query = query.where(tables.gates.c.guild_id == guild_id)
        async with self._database.begin() as connection:
            return tuple(Gate(**row) for row in (await connection.execute(query)).mappings())

    async def save_gate(self, gate: Gate) -> None:
        """Keep a gate, instead of what was known of its channel."""
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(tables.gates).where(tables.gates.c.channel_id == gate.channel_id))
            await connection.execute(sa.insert(tables.gates).values(**asdict(gate)))

    async def drop_gate(self, channel_id: int) -> None:
        """Forget a gate whose channel is gone."""
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(tables.gates).where(tables.gates.c.channel_id == channel_id))

"""Relayed posts: enough to reply to one and to know one's own again, not enough to name an author."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from data.store import tables
from data.store._engine import Database
from data.vault import Vault


@dataclass(frozen=True, slots=True)
class Post:
    """A relayed post. ``root_key`` is the key of the post that began its thread (its own, if it did)."""

    key: str
    guild_id: int
    channel_id: int
    message_id: int
    root_key: str
    author_tag: str
    alias: str | None = None


class Posts:
    """Posts by key."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def author_tag(self, root_key: str, author_id: int) -> str:
        """Return the author's pseudonym within one thread; two threads' tags cannot be linked."""
        return self._vault.pseudonym("post", root_key, author_id)

    async def get(self, key: str) -> Post | None:
        """Return the post with this key, or None."""
        async with self._database.begin() as connection:
            row = (
                (await connection.execute(sa.select(tables.posts).where(tables.posts.c.key == key))).mappings().first()
            )
        return Post(**row) if row else None

    async def alias_for(self, root_key: str, author_id: int, names: Sequence[str]) -> str:
        """Return the alias the author has in the thread, or one that nobody there has yet."""
        tag = self.author_tag(root_key, author_id)
        columns = tables.posts.c.author_tag, tables.posts.c.alias
        query = sa.select(*columns).where(tables.posts.c.root_key == root_key, tables.posts.c.alias.is_not(None))
        async with self._database.begin() as connection:
            taken = {str(alias): owner for owner, alias in (await connection.execute(query)).all()}
        for alias, owner in taken.items():
            if owner == tag:
                return alias
        deck = list(names)
        random.Random(root_key).shuffle(deck)  # noqa: S311 - the order of names is no secret
        rounds = range(1, len(taken) + 2)
        free = (f"{name} {n}" if n > 1 else name for n in rounds for name in deck)
        return next(alias for alias in free if alias not in taken)

    async def drop(self, message_id: int) -> None:
        """Forget a post whose message was deleted."""
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(tables.posts).where(tables.posts.c.message_id == message_id))


async def add(connection: AsyncConnection, post: Post) -> None:
    """Add a post inside the caller's transaction."""
    await connection.execute(sa.insert(tables.posts).values(**asdict(post)))

"""A draft's states, from its arrival to the post; who wrote it and what is sealed in one column."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from data.store import posts, tables
from data.store._engine import Database
from data.store.errors import NoSuchDraft
from data.store.posts import Post
from data.vault import Vault


class DraftState(StrEnum):
    """Where a draft is. In the last four its text is gone."""

    RECEIVED = "received"
    WITH_AUTHOR = "with_author"
    IN_REVIEW = "in_review"
    RELAYING = "relaying"
    RELAYED = "relayed"
    DISCARDED = "discarded"
    DECLINED = "declined"
    EXPIRED = "expired"


ENDED = frozenset({DraftState.RELAYED, DraftState.DISCARDED, DraftState.DECLINED, DraftState.EXPIRED})


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What a member handed in. ``reply_to`` is the key of the post it answers; ``need`` what the author hopes for."""

    guild_id: int
    gate_id: int
    author_id: int = field(repr=False)
    author_name: str = field(repr=False)
    avatar_url: str = field(repr=False)
    text: str = field(repr=False)
    as_alias: bool = False
    need: str = "listening"
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Draft(NewDraft):
    """A kept draft.

    ``key`` is for its author's and moderators' eyes; ``post_key`` will be in the public post.
    ``outgoing`` is the wording chosen for the relay; ``text`` stays as its author wrote it.
    """

    key: str = ""
    post_key: str = ""
    state: DraftState = DraftState.RECEIVED
    expires_at: datetime = datetime.min  # noqa: DTZ901 - a placeholder; every kept draft has its own
    suggestion: str = field(default="", repr=False)
    outgoing: str = field(default="", repr=False)


_SEALED = ("author_id", "author_name", "avatar_url", "text", "as_alias", "need", "reply_to", "suggestion", "outgoing")


class Drafts:
    """Drafts by key; every change of state is a compare-and-set in one transaction."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._now = now

    async def open(self, new: NewDraft, *, keep: timedelta) -> Draft:
        """Keep a new draft for at most ``keep``; it is ``received``."""
        moment = self._now()
        keys = secrets.token_hex(8), secrets.token_hex(8)
        draft = Draft(**asdict(new), key=keys[0], post_key=keys[1], expires_at=moment + keep)
        async with self._database.begin() as connection:
            await connection.execute(
                sa.insert(tables.drafts).values(
                    key=draft.key,
                    post_key=draft.post_key,
                    guild_id=draft.guild_id,
                    gate_id=draft.gate_id,
                    state=draft.state.value,
                    sealed=self._seal(draft),
                    created_at=moment,
                    expires_at=draft.expires_at,
                )
            )
        return draft

    async def get(self, key: str) -> Draft:
        """Return the draft. Raises: NoSuchDraft: it is unknown, has ended, or is past its retention."""
        async with self._database.begin() as connection:
            return await self.read(connection, key)

    async def read(self, connection: AsyncConnection, key: str) -> Draft:
        """Do as ``get`` does, inside the caller's transaction."""
        row = (await connection.execute(sa.select(tables.drafts).where(tables.drafts.c.key == key))).mappings().first()
        if row is None or row["sealed"] is None or row["expires_at"] <= self._now():
            raise NoSuchDraft(key)
        return self._open(dict(row))

    async def revise(self, draft: Draft, *, text: str, suggestion: str) -> Draft:
        """Give the draft to its author with a new text and suggestion.

        Raises: NoSuchDraft: it is no longer theirs to change (relayed, in review, ended).
        """
        changed = replace(draft, text=text, suggestion=suggestion, state=DraftState.WITH_AUTHOR)
        from_ = (DraftState.RECEIVED, DraftState.WITH_AUTHOR)
        async with self._database.begin() as connection:
            if not await self._set(connection, draft.key, from_, changed.state, sealed=self._seal(changed)):
                raise NoSuchDraft(draft.key)
        return changed

    async def begin_relay(self, draft: Draft, text: str) -> bool:
        """Claim the draft for relaying ``text``; False if somebody else was faster."""
        sealed = self._seal(replace(draft, outgoing=text))
        from_ = (DraftState.RECEIVED, DraftState.WITH_AUTHOR)
        async with self._database.begin() as connection:
            return await self._set(connection, draft.key, from_, DraftState.RELAYING, sealed=sealed)

    async def relayed(self, draft: Draft, post: Post) -> None:
        """End the draft and keep its post, together."""
        async with self._database.begin() as connection:
            if await self.move_in(connection, draft.key, (DraftState.RELAYING,), DraftState.RELAYED):
                await posts.add(connection, post)

    async def move(self, key: str, from_: tuple[DraftState, ...], to: DraftState) -> bool:
        """Change the state if it is one of ``from_``; say whether it was. An ended draft's text is deleted with it."""
        async with self._database.begin() as connection:
            return await self.move_in(connection, key, from_, to)

    async def move_in(
        self, connection: AsyncConnection, key: str, from_: tuple[DraftState, ...], to: DraftState
    ) -> bool:
        """Do as ``move`` does, inside the caller's transaction."""
        return await self._set(connection, key, from_, to, **({"sealed": None} if to in ENDED else {}))

    async def approve_in(self, connection: AsyncConnection, draft: Draft) -> bool:
        """Claim a reviewed draft for relaying its ``outgoing`` text, inside the caller's transaction."""
        sealed = self._seal(draft)
        return await self._set(connection, draft.key, (DraftState.IN_REVIEW,), DraftState.RELAYING, sealed=sealed)

    async def unfinished(self) -> tuple[Draft, ...]:
        """Return what a sudden end left behind: drafts received or in relay."""
        states = [DraftState.RECEIVED.value, DraftState.RELAYING.value]
        query = sa.select(tables.drafts).where(tables.drafts.c.state.in_(states), tables.drafts.c.sealed.is_not(None))
        async with self._database.begin() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(self._open(dict(row)) for row in rows if row["expires_at"] > self._now())

    @staticmethod
    async def _set(
        connection: AsyncConnection, key: str, from_: tuple[DraftState, ...], to: DraftState, **values: Any
    ) -> bool:
        table = tables.drafts
        wanted = table.c.key == key, table.c.state.in_([state.value for state in from_])
        done = await connection.execute(sa.update(table).where(*wanted).values(state=to.value, **values))
        return bool(done.rowcount)

    def _seal(self, draft: Draft) -> bytes:
        body = {name: getattr(draft, name) for name in _SEALED}
        return self._vault.seal("draft", draft.key, json.dumps(body))

    def _open(self, row: dict[str, Any]) -> Draft:
        body = json.loads(self._vault.unseal("draft", row["key"], row["sealed"]))
        plain = {name: row[name] for name in ("key", "post_key", "guild_id", "gate_id", "expires_at")}
        return Draft(**body, **plain, state=DraftState(row["state"]))

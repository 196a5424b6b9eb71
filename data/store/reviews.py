"""Drafts that wait for a moderator; one decision each."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from data.store import audit, tables
from data.store._engine import Database
from data.store.audit import AuditRow
from data.store.drafts import Draft, Drafts, DraftState
from data.store.errors import AlreadyDecided, NoSuchReview, StaleDraft


class Decision(StrEnum):
    """What a moderator can decide."""

    APPROVE = "approve"
    APPROVE_SUGGESTION = "approve_suggestion"
    RETURN = "return"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Review:
    """One item of the queue; ``decision`` is None while it is open."""

    key: str
    draft_key: str
    guild_id: int
    opened_at: datetime
    card_channel_id: int | None = None
    card_message_id: int | None = None
    decision: str | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None


class Reviews:
    """The queue; a decision, the draft's move and the audit row are one transaction."""

    def __init__(self, database: Database, drafts: Drafts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._drafts = drafts
        self._now = now

    async def ask(self, draft: Draft) -> Review:
        """Put the author's draft into the queue. Raises: StaleDraft: it is not with its author any more."""
        review = Review(secrets.token_hex(8), draft.key, draft.guild_id, self._now())
        async with self._database.begin() as connection:
            if not await self._drafts.move_in(connection, draft.key, (DraftState.WITH_AUTHOR,), DraftState.IN_REVIEW):
                raise StaleDraft(draft.key)
            await connection.execute(
                sa.insert(tables.reviews).values(
                    key=review.key, draft_key=draft.key, guild_id=review.guild_id, opened_at=review.opened_at
                )
            )
            await audit.add(connection, AuditRow(review.opened_at, review.guild_id, None, "review.asked", review.key))
        return review

    async def withdraw(self, review: Review) -> None:
        """Take an item back whose card could not be posted; the draft is with its author again."""
        async with self._database.begin() as connection:
            await connection.execute(sa.delete(tables.reviews).where(tables.reviews.c.key == review.key))
            await self._drafts.move_in(connection, review.draft_key, (DraftState.IN_REVIEW,), DraftState.WITH_AUTHOR)

    async def card_posted(self, key: str, channel_id: int, message_id: int) -> None:
        """Remember where the item's card is."""
        values = {"card_channel_id": channel_id, "card_message_id": message_id}
        async with self._database.begin() as connection:
            await connection.execute(sa.update(tables.reviews).where(tables.reviews.c.key == key).values(**values))

    async def get(self, key: str) -> Review:
        """Return the item. Raises: NoSuchReview: it is unknown."""
        async with self._database.begin() as connection:
            return await self._read(connection, key)

    async def open_reviews(self, guild_id: int) -> tuple[Review, ...]:
        """Return a server's undecided items, the oldest first."""
        table = tables.reviews
        query = (
            sa.select(table).where(table.c.guild_id == guild_id, table.c.decision.is_(None)).order_by(table.c.opened_at)
        )
        async with self._database.begin() as connection:
            return tuple(Review(**row) for row in (await connection.execute(query)).mappings())

    async def decide(self, key: str, decision: Decision, *, by: int) -> Draft:
        """Decide an open item and return its draft as the decision left it, text included.

        An approval claims the draft for relay with the chosen text, a return gives it back to its
        author, a decline deletes the held text.
        Raises: AlreadyDecided, NoSuchReview, NoSuchDraft: past its retention.
        """
        moment = self._now()
        table = tables.reviews
        async with self._database.begin() as connection:
            review = await self._read(connection, key)
            claimed = await connection.execute(
                sa.update(table)
                .where(table.c.key == key, table.c.decision.is_(None))
                .values(decision=decision.value, decided_by=by, decided_at=moment)
            )
            if not claimed.rowcount:
                raise AlreadyDecided(key)
            draft = await self._drafts.read(connection, review.draft_key)
            if decision in (Decision.APPROVE, Decision.APPROVE_SUGGESTION):
                chosen = draft.text if decision is Decision.APPROVE else draft.suggestion
                draft = replace(draft, outgoing=chosen)
                await self._drafts.approve_in(connection, draft)
            else:
                to = DraftState.WITH_AUTHOR if decision is Decision.RETURN else DraftState.DECLINED
                await self._drafts.move_in(connection, draft.key, (DraftState.IN_REVIEW,), to)
            await audit.add(connection, AuditRow(moment, review.guild_id, by, f"review.{decision.value}", key))
        return draft

    async def reopen(self, key: str, draft: Draft) -> None:
        """Undo an approval whose relay failed: the item is open and the draft in review again."""
        table = tables.reviews
        async with self._database.begin() as connection:
            await connection.execute(
                sa.update(table).where(table.c.key == key).values(decision=None, decided_by=None, decided_at=None)
            )
            await self._drafts.move_in(connection, draft.key, (DraftState.RELAYING,), DraftState.IN_REVIEW)
            await audit.add(connection, AuditRow(self._now(), draft.guild_id, None, "review.reopened", key))

    @staticmethod
    async def _read(connection: AsyncConnection, key: str) -> Review:
        row = (
            (await connection.execute(sa.select(tables.reviews).where(tables.reviews.c.key == key))).mappings().first()
        )
        if row is None:
            raise NoSuchReview(key)
        return Review(**row)

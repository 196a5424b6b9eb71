"""The store keeps what it must, names nobody, and forgets on time."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.store import Store
from data.store.drafts import DraftState, NewDraft
from data.store.errors import AlreadyDecided, NoSuchDraft, TooManyTerms
from data.store.reviews import Decision
from data.store.schedules import Recipient, Schedule
from data.store.terms import MOST
from data.vault import KeyFileExposed, Vault

AUTHOR = 333444555666777888


def now() -> datetime:
    return datetime.now(UTC)


async def opened(folder: Path) -> Store:
    return await Store.open(f"sqlite+aiosqlite:///{folder / 'pause.db'}", Vault.open(folder / "keys", now), now)


def draft(text: str = "MARKERWORD was here") -> NewDraft:
    return NewDraft(1, 2, AUTHOR, "Ann Author", "https://example.org/a.png", text)


async def test_two_moderators_decide_once_and_the_text_goes_with_the_decision(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    kept = await store.drafts.revise(
        await store.drafts.open(draft(), keep=timedelta(hours=1)), text="a", suggestion="b"
    )
    review = await store.reviews.ask(kept)
    decisions = [store.reviews.decide(review.key, Decision.DECLINE, by=moderator) for moderator in (8, 9)]
    results = await asyncio.gather(*decisions, return_exceptions=True)
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 1
    with pytest.raises(NoSuchDraft):
        await store.drafts.get(kept.key)
    assert [row.action for row in await store.audit.rows(1)] == ["review.decline", "review.asked"]
    await store.close()


async def test_a_stolen_database_holds_no_text_and_no_author(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    kept = await store.drafts.open(draft(), keep=timedelta(hours=1))
    await store.notices.leave(AUTHOR, "MARKERWORD again", keep=timedelta(hours=1))
    await store.schedules.save(
        Schedule(1, Recipient.MEMBER, AUTHOR, "DTSTART:20260101T090000\nRRULE:FREQ=WEEKLY", "UTC", now())
    )
    for _ in range(2):
        stolen = b"".join(path.read_bytes() for path in tmp_path.glob("pause.db*"))
        assert b"MARKERWORD" not in stolen and b"Ann Author" not in stolen and str(AUTHOR).encode() not in stolen
        assert AUTHOR.to_bytes(8, "big") not in stolen
        await store.drafts.move(kept.key, (DraftState.RECEIVED,), DraftState.DISCARDED)
    await store.close()


async def test_a_restart_loses_no_draft(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    kept = await store.drafts.open(draft(), keep=timedelta(hours=1))
    await store.close()
    store = await opened(tmp_path)
    assert [found.text for found in await store.drafts.unfinished()] == ["MARKERWORD was here"]
    assert (await store.drafts.get(kept.key)).author_id == AUTHOR
    await store.close()


async def test_concurrent_senders_never_claim_the_same_prompt(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    for channel in range(20):
        await store.schedules.save(
            Schedule(1, Recipient.CHANNEL, channel, "DTSTART:20260101T090000\nRRULE:FREQ=WEEKLY", "UTC", now())
        )
    claims = [store.schedules.claim(now(), lease=timedelta(minutes=2), limit=5) for _ in range(8)]
    claimed = [schedule for batch in await asyncio.gather(*claims) for schedule in batch]
    assert len(claimed) == len({schedule.id for schedule in claimed}) == 20
    first = await store.schedules.choose(claimed[0], ["a", "b", "c"], random.Random(1))
    assert await store.schedules.choose(claimed[0], ["a", "b", "c"], random.Random(2)) == first
    await store.close()


async def test_a_term_is_kept_once_for_each_label_whatever_its_case(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    said = [(" Larkfield\tHouse ", None), ("LARKFIELD HOUSE", None), ("Larkfield House", "ORG"), ("straße", None)]
    assert [await store.terms.allow(1, term, label, by=AUTHOR) for term, label in said] == [True, False, True, True]
    assert await store.terms.allow(2, "Larkfield House", by=AUTHOR)
    kept = [(one.term, one.label, one.added_by) for one in await store.terms.of(1)]
    assert kept == [("larkfield house", None, AUTHOR), ("larkfield house", "ORG", AUTHOR), ("strasse", None, AUTHOR)]
    assert await store.terms.forget(1, "larkfield house", by=9) and await store.terms.forget(1, "STRASSE", by=9)
    assert not await store.terms.forget(1, "larkfield house", by=9)
    assert await store.terms.of(1) == () and len(await store.terms.of(2)) == 1
    await store.close()


async def test_moderators_at_the_same_instant_neither_double_a_term_nor_exceed_the_limit(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    assert sum(await asyncio.gather(*(store.terms.allow(2, "ringo", by=n) for n in range(8)))) == 1
    for number in range(MOST - 1):
        await store.terms.allow(1, f"term {number}", by=8)
    last = [store.terms.allow(1, f"last {moderator}", by=moderator) for moderator in range(4)]
    results = await asyncio.gather(*last, return_exceptions=True)
    assert results.count(True) == 1 and sum(isinstance(result, TooManyTerms) for result in results) == 3
    assert not await store.terms.allow(1, "term 7", by=8)
    assert len(await store.terms.of(1)) == len(await store.audit.rows(1, limit=1000)) == MOST
    await store.close()


async def test_what_ran_out_is_gone(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await store.drafts.open(draft(), keep=timedelta(seconds=-1))
    assert (await store.upkeep.purge(now(), longest=timedelta(days=3))).drafts == 1
    assert await store.drafts.unfinished() == ()
    await store.close()


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    Vault.open(tmp_path / "keys", now)
    (tmp_path / "keys" / "standing.key").chmod(0o644)
    with pytest.raises(KeyFileExposed):
        Vault.open(tmp_path / "keys", now)

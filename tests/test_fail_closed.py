"""Whatever fails, an unread draft is never shown, and its author gets it back."""

import asyncio

import pytest
import sqlalchemy as sa

from screening import Context, ScreeningFailed, ScreeningTimeout, Worker
from tests.faulty import HANG, RAISE, Faulty
from tests.world import CLEAN, HELD, World, labels, said

WEBHOOK = "/webhooks/*/simcord_webhook*"


@pytest.mark.parametrize("fault", [HANG, RAISE])
async def test_a_screener_that_fails(world: World, fault: str) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, f"{CLEAN} {fault}")
    assert answer.ephemeral and not world.posts()
    assert "not shown to anyone" in said(answer) and f"{CLEAN} {fault}" in said(answer)
    again = await world.amara.click(answer.response, label="Try again")
    await world.fill(world.amara, again, CLEAN)
    assert [post.content for post in world.posts()] == [CLEAN]


async def test_a_hanging_screener_does_not_stop_the_heart(worker: Worker) -> None:
    beats = 0

    async def heart() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    beating = asyncio.create_task(heart())
    with pytest.raises(ScreeningTimeout):
        await worker.screen(HANG, Context())
    beating.cancel()
    assert beats > 100


async def test_a_screener_that_cannot_be_loaded() -> None:
    worker = Worker(Missing, deadline_s=1.0)
    with pytest.raises(ScreeningFailed):
        await worker.start()
    await worker.close()


class Missing(Faulty):
    def __init__(self) -> None:
        raise SystemExit(3)


@pytest.mark.parametrize("status", [500, 503])
async def test_discord_that_does_not_take_the_post(world: World, status: int) -> None:
    await world.set_up()
    world.env.inject_error("POST", WEBHOOK, status=status, times=None)
    answer = await world.vent(world.amara, CLEAN)
    world.env.backend.faults.clear()
    assert not world.posts() and "not posted" in said(answer) and CLEAN in said(answer)
    again = await world.amara.click(answer.response, label="Try again")
    await world.fill(world.amara, again, CLEAN)
    assert len(world.posts()) == 1


async def test_discord_that_refuses_the_post(world: World) -> None:
    await world.set_up()
    world.env.inject_error("POST", WEBHOOK, status=403, code=50013)
    answer = await world.vent(world.amara, CLEAN)
    assert not world.posts() and "lacks a permission" in said(answer) and CLEAN in said(answer)


async def test_a_gate_that_is_gone_when_the_form_comes_back(world: World) -> None:
    await world.set_up()
    form = await world.amara.slash(world.lounge, "vent")
    await world.bot.get_channel(world.gate.id).delete()
    await world.env.settle()
    answer = await world.fill(world.amara, form, CLEAN)
    assert "the channel is gone" in said(answer) and CLEAN in said(answer)


async def test_a_webhook_that_somebody_deleted_is_made_again(world: World) -> None:
    await world.set_up()
    for hook in await world.bot.get_channel(world.gate.id).webhooks():
        await hook.delete()
    await world.vent(world.amara, CLEAN)
    assert [post.content for post in world.posts()] == [CLEAN]


@pytest.mark.parametrize("table", ["drafts", "guilds"])
async def test_a_store_that_fails(world: World, table: str) -> None:
    await world.set_up()
    form = await world.amara.slash(world.lounge, "vent")
    engine = world.bot.store.drafts._database.engine
    async with engine.begin() as connection:
        await connection.execute(sa.text(f"ALTER TABLE {table} RENAME TO lost"))
    answer = await world.fill(world.amara, form, CLEAN)
    assert not world.posts() and "store" in said(answer) and CLEAN in said(answer)


async def test_a_kill_while_a_draft_is_read_gives_it_back(world: World) -> None:
    await world.set_up()
    from tests.test_store import draft

    new = draft(HELD)
    kept = await world.bot.store.drafts.open(
        type(new)(world.guild.id, world.gate.id, world.amara.id, "Dr Amara", "", HELD),
        keep=world.bot.settings.retention,
    )
    await world.restart()
    (letter,) = world.direct(world.amara)
    assert "not lost" in letter.content and "Sarah" not in letter.content
    form = await world.user(world.amara).click(letter, label="Open my draft")
    assert HELD in str(form.modal) and kept.key in form.modal["custom_id"]


async def test_a_kill_between_post_and_note_posts_nothing_twice(world: World) -> None:
    await world.set_up()
    engine = world.bot.store.drafts._database.engine
    async with engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE posts RENAME TO lost"))
    answer = await world.vent(world.amara, CLEAN)
    async with engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE lost RENAME TO posts"))
    assert len(world.posts()) == 1 and "Posted" in said(answer)
    await world.restart()
    assert not await world.bot.store.drafts.unfinished() and not world.letters(world.amara)
    form = await world.jo.click(world.posts()[0], label="Reply")
    await world.fill(world.jo, form, "With you.")
    assert "↪ What this answers" in labels(world.posts()[1])


async def test_a_relay_cut_off_before_discord_took_it_is_given_back(world: World) -> None:
    await world.set_up()
    world.env.inject_error("POST", WEBHOOK, status=500, times=None)
    world.env.inject_error("GET", f"/channels/{world.gate.id}/messages", status=500, times=None)
    answer = await world.vent(world.amara, CLEAN)
    world.env.backend.faults.clear()
    assert "may have been posted or not" in said(answer) and CLEAN in said(answer)
    await world.restart()
    assert not world.posts() and "not lost" in world.letters(world.amara)[-1]

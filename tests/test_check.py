"""A draft is checked privately, and nothing of it stays."""

from pathlib import Path

from tests.world import CLEAN, HELD, World, said


async def test_check_answers_only_to_the_asker(world: World) -> None:
    answer = await world.jo.slash(world.lounge, "check", text=HELD)
    assert answer.ephemeral and "Sarah" not in said(answer) and "client" in said(answer)
    assert not world.lounge.history(viewer=world.amara)


async def test_a_clear_text_is_said_to_be_clear(world: World) -> None:
    assert "Nothing in this draft" in said(await world.jo.slash(world.lounge, "check", text=CLEAN))


async def test_check_without_a_text_opens_a_form(world: World) -> None:
    form = await world.jo.slash(world.lounge, "check")
    answer = await world.fill(world.jo, form, HELD)
    assert answer.ephemeral and "client" in said(answer)


async def test_a_message_can_be_checked(world: World) -> None:
    message = await world.amara.send(world.lounge, HELD)
    answer = await world.jo.context_menu(world.lounge, "Check this message", target=message)
    assert answer.ephemeral and "Sarah" not in said(answer)


async def test_nothing_is_stored(world: World, tmp_path: Path) -> None:
    await world.jo.slash(world.lounge, "check", text=HELD)
    assert not await world.bot.store.drafts.unfinished()
    assert b"no-showed" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

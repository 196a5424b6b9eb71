"""A marked word goes through every way; it must never reach a log or the disk in the clear."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import telemetry
from tests.faulty import HANG, RAISE
from tests.world import World

MARK = "zyxmarkerword"
NAMED = f"My client Sarah {MARK} no-showed again and I am done."
PLAIN = f"Long day, {MARK} day, I cried in the car."
WEBHOOK = "/webhooks/*/simcord_webhook*"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that any library logs, at the most talkative level, as it would be written."""
    written = io.StringIO()
    root = logging.getLogger()
    before = root.handlers, root.level
    telemetry.configure("DEBUG", written)
    yield written
    root.handlers, root.level = before


async def every_way(world: World) -> None:
    await world.set_up(aliases=True)
    await world.vent(world.amara, PLAIN, under="alias")
    await world.fill(world.jo, await world.jo.click(world.posts()[0], label="Reply"), PLAIN)
    for label in ("Post suggestion", "Discard"):
        held = await world.vent(world.amara, NAMED)
        await world.amara.click(held.response, label=label)
    edited = await world.vent(world.amara, NAMED)
    await world.fill(world.amara, await world.amara.click(edited.response, label="Edit"), NAMED)
    await world.jo.slash(world.lounge, "check", text=NAMED)


async def every_decision(world: World) -> None:
    for label in ("Approve as written", "Approve suggestion", "Decline", "Return with a note"):
        held = await world.vent(world.amara, NAMED)
        await world.amara.click(held.response, label="Ask a moderator")
        card = world.cards()[-1]
        await world.mo.click(card, label="Show the text")
        pressed = await world.mo.click(card, label=label)
        if pressed.modal:
            await world.mo.submit_modal(pressed, {"text": f"Leave out {MARK}"})


async def every_failure(world: World) -> None:
    for fault in (HANG, RAISE):
        await world.vent(world.amara, f"{PLAIN} {fault}")
    for status in (403, 404, 500):
        world.env.inject_error("POST", WEBHOOK, status=status, times=2)
        await world.vent(world.amara, PLAIN)
        world.env.backend.faults.clear()
    held = await world.vent(world.amara, NAMED)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    await world.amara.click(held.response, label="Ask a moderator")
    world.env.backend.faults.clear()


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_no_way_leaves_the_text_in_a_log_or_on_the_disk(
    world: World, logged: io.StringIO, tmp_path: Path
) -> None:
    for ways in (every_way, every_decision, every_failure):
        await ways(world)
        assert MARK.encode() not in on_disk(tmp_path)
        assert MARK not in logged.getvalue()
    await world.restart()
    assert MARK not in logged.getvalue() and MARK.encode() not in on_disk(tmp_path)
    # The test must be able to fail: something was logged, something was posted, something is kept.
    assert "draft.relayed" in logged.getvalue() and "draft.not_screened" in logged.getvalue()
    assert any(MARK in post.content for post in world.posts())


async def test_an_allowed_term_reaches_no_log_and_no_audit_row(world: World, logged: io.StringIO) -> None:
    for command in ("terms allow", "terms allow", "terms forget", "terms forget"):
        await world.mo.slash(world.lounge, command, term=MARK)
        await world.jo.slash(world.lounge, command, term=MARK)
    await world.mo.slash(world.lounge, "terms allow", term=f"{MARK}@example.org")
    await world.mo.autocomplete(world.lounge, "terms forget", "term", MARK)
    rows = await world.bot.store.audit.rows(world.guild.id)
    assert len(rows) == 2 and MARK not in repr(rows) and MARK not in logged.getvalue()


def test_an_exception_is_logged_by_type_and_place_only(logged: io.StringIO) -> None:
    try:
        raise ValueError(MARK)
    except ValueError as fault:
        telemetry.logger("x").error("it.failed", exc_info=fault, text=MARK)
        logging.getLogger("library").exception("saw %s", MARK)
    line = logged.getvalue()
    assert MARK not in line and "ValueError" in line and "test_no_text_escapes.py:" in line and "saw %s" in line

"""Prompts come when they were asked for: once, at the local time, whatever fails."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from cogs._replies import Refused
from cogs._times import clock_time, known_zone
from data import prompt_library
from tests.world import World, labels, said, words

DAY = 24 * 3600


def prompts(world: World) -> list[str]:
    return [words(m) for m in world.lounge.history() if m.embeds and m.author.id == world.bot.user.id]


async def weekly(world: World, **more: object) -> None:
    options = {
        "prompt_day": 4,
        "prompt_time": "17:30",
        "prompt_zone": "America/New_York",
        "prompt_channel": world.lounge,
    }
    assert "17:30" in said(await world.set_up(**{**options, **more}))


async def test_a_prompt_comes_every_week_at_the_local_time_over_the_change_of_clocks(world: World) -> None:
    await weekly(world)
    zone = ZoneInfo("America/New_York")
    for _ in range(12):
        await world.env.advance_time(7 * DAY)
    sent = [m.created_at.astimezone(zone) for m in world.lounge.history() if m.embeds]
    assert len(sent) == 12
    assert {(moment.weekday(), moment.hour, moment.minute) for moment in sent} == {(4, 17, 30)}
    assert len({moment.utcoffset() for moment in sent}) == 2


async def test_no_prompt_comes_twice_before_all_were_sent(world: World) -> None:
    await weekly(world)
    for _ in range(6):
        await world.env.advance_time(7 * DAY)
    assert len(set(prompts(world))) == 6


async def test_a_member_subscribes_and_stops(world: World) -> None:
    answer = await world.jo.slash(world.lounge, "selfcare subscribe", day=0, time="9", time_zone="Europe/Dublin")
    assert answer.ephemeral and "Mondays at 09:00" in said(answer)
    await world.env.advance_time(7 * DAY)
    assert len(world.letters(world.jo)) == 1
    assert "Stopped" in said(await world.jo.slash(world.lounge, "selfcare stop"))
    await world.env.advance_time(14 * DAY)
    assert len(world.letters(world.jo)) == 1


async def test_decompress_gives_one_now_and_another(world: World) -> None:
    first = await world.jo.slash(world.lounge, "decompress")
    assert first.ephemeral and labels(first.response) == ["Another one"]
    before = said(first)
    await world.jo.click(first.response, label="Another one")
    assert said(first) != before


async def test_a_restart_sends_nothing_twice(world: World) -> None:
    await weekly(world)
    await world.env.advance_time(7 * DAY)
    await world.restart()
    await world.env.advance_time(DAY)
    assert len(prompts(world)) == 1


async def test_a_failed_send_is_tried_again_and_stops_nothing(world: World) -> None:
    await weekly(world)
    await world.jo.slash(world.lounge, "selfcare subscribe", day=4, time="17:30", time_zone="America/New_York")
    world.env.inject_error("POST", f"/channels/{world.lounge.id}/messages", status=500, times=3)
    await world.env.advance_time(7 * DAY)
    assert len(prompts(world)) == 1 and len(world.letters(world.jo)) == 1
    await world.env.advance_time(7 * DAY)
    assert len(prompts(world)) == 2 and len(world.letters(world.jo)) == 2


async def test_a_channel_that_is_gone_pauses_its_prompt_and_the_moderators_hear_it(world: World) -> None:
    await weekly(world)
    await world.bot.get_channel(world.lounge.id).delete()
    await world.env.advance_time(21 * DAY)
    told = [words(card) for card in world.cards()]
    assert len(told) == 1 and "paused" in told[0]


async def test_closed_direct_messages_pause_a_subscription_and_the_member_hears_it_later(world: World) -> None:
    await world.jo.slash(world.lounge, "selfcare subscribe", day=0, time="9:00", time_zone="Europe/Dublin")
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    await world.env.advance_time(21 * DAY)
    world.env.backend.faults.clear()
    assert not world.letters(world.jo)
    visit = await world.jo.slash(world.lounge, "check", text="Long day.")
    assert "paused" in said(visit)


async def test_after_a_long_downtime_a_stale_prompt_is_skipped(world: World) -> None:
    await weekly(world)
    (schedule,) = await world.bot.store.schedules.claim(
        world.env.now() + timedelta(days=7), lease=timedelta(days=2), limit=5
    )
    await world.env.advance_time(9 * DAY)
    assert schedule.due_at < world.env.now() - timedelta(hours=6)
    assert not prompts(world)
    await world.env.advance_time(7 * DAY)
    assert len(prompts(world)) == 1


async def test_what_got_through_before_a_crash_is_not_sent_again(world: World) -> None:
    await weekly(world)
    store, library = world.bot.store, tuple(prompt_library.load())
    due = await store.schedules.next_due_at()
    assert due
    (schedule,) = await store.schedules.claim(due, lease=timedelta(minutes=2), limit=5)
    chosen = await store.schedules.choose(schedule, library, world.bot.chance)
    await world.env.advance_time((due - world.env.now()).total_seconds() + 1)
    prompt = prompt_library.load()[chosen]
    from cogs import _cards

    await world.bot.get_channel(world.lounge.id).send(embed=_cards.prompt(prompt))
    await world.env.advance_time(DAY)
    assert len(prompts(world)) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("17:30", "17:30"), ("9", "09:00"), ("5:05 pm", "17:05"), ("12am", "00:00"), ("7.15", "07:15")]
)
def test_times_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert f"{clock_time(typed):%H:%M}" == meant


@pytest.mark.parametrize("typed", ["25:00", "soon", "9:61", "13pm", ""])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        clock_time(typed)


def test_zones_are_read_in_any_case() -> None:
    assert known_zone("europe/dublin") == "Europe/Dublin"


def test_every_prompt_is_short_whole_and_has_a_source() -> None:
    library = prompt_library.load()
    assert len(library) >= 40
    for prompt in library.values():
        assert len(prompt.text.split()) < 80 and "\n" not in prompt.text
        assert prompt.source and prompt.idea and 1 <= prompt.minutes <= 30
        assert prompt.tone in {"quiet", "warm", "light", "practical"}

"""/setup makes a channel in which nobody but Pause can put a word."""

import discord
import pytest
from simcord import BackendError

from cogs.gates import DENIED, NEEDED
from tests.world import World, labels, said, words


async def test_setup_closes_the_channel_and_posts_the_panel(world: World) -> None:
    answer = await world.set_up()
    assert answer.ephemeral and "is a gate now" in said(answer)
    (panel,) = world.gate.history()
    assert labels(panel) == ["Write a post", "Check a draft"]
    with pytest.raises(BackendError):
        await world.jo.send(world.gate, "can I type here?")


async def test_a_member_may_do_nothing_there_that_brings_text_in(world: World) -> None:
    await world.set_up()
    channel = world.bot.get_channel(world.gate.id)
    member = await world.bot.get_guild(world.guild.id).fetch_member(world.jo.id)
    held = channel.permissions_for(member)
    assert not [name for name, denied in DENIED if denied and getattr(held, name)]
    assert held.view_channel and held.read_message_history


async def test_a_role_that_was_allowed_to_write_is_not_any_more(world: World) -> None:
    staff = world.guild.create_role("Staff")
    channel = world.bot.get_channel(world.gate.id)
    await channel.set_permissions(channel.guild.get_role(staff.id), send_messages=True, view_channel=True)
    await world.env.settle()
    kim = world.guild.add_member(world.env.create_user("kim"), roles=[staff])
    await world.set_up()
    with pytest.raises(BackendError):
        await kim.send(world.gate, "still allowed?")


async def test_setup_again_repairs_and_adds_no_second_panel(world: World) -> None:
    await world.set_up()
    channel = world.bot.get_channel(world.gate.id)
    await channel.set_permissions(channel.guild.default_role, overwrite=None)
    await world.env.settle()
    await world.set_up()
    assert len(world.gate.history()) == 1
    with pytest.raises(BackendError):
        await world.jo.send(world.gate, "open again?")


async def test_a_moderators_channel_that_everyone_reads_is_refused(world: World) -> None:
    answer = await world.set_up(moderators_channel=world.lounge)
    assert "can be read by everyone" in said(answer) and not world.gate.history()


async def test_a_missing_permission_is_named(world: World) -> None:
    role = world.env.backend.guilds[world.guild.id].roles[world.guild.roles[world.env.bot.user.name].id]
    less = discord.Permissions(role.permissions)
    less.update(manage_webhooks=False)
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": less.value})
    await world.env.settle()
    assert "manage webhooks" in said(await world.set_up())


async def test_members_cannot_run_setup(world: World) -> None:
    assert "setup" not in world.jo.available_commands(world.lounge)


async def test_a_deleted_gate_is_forgotten(world: World) -> None:
    await world.set_up()
    await world.bot.get_channel(world.gate.id).delete()
    await world.env.settle()
    answer = await world.amara.slash(world.lounge, "vent")
    assert answer.modal is None and "/setup" in said(answer)


async def test_a_bad_prompt_time_is_refused_before_anything_changes(world: World) -> None:
    answer = await world.set_up(prompt_day=4, prompt_time="25:99")
    assert "17:30" in said(answer) and not world.gate.history()
    assert "Europe/Dublin" in said(await world.set_up(prompt_day=4, prompt_zone="Middle/Earth"))


def test_the_invitation_asks_for_no_more_than_the_gates_need() -> None:
    assert not NEEDED.administrator and not NEEDED.manage_guild and not NEEDED.ban_members
    assert NEEDED.manage_webhooks and NEEDED.manage_roles


async def test_the_panel_says_what_the_channel_is(world: World) -> None:
    await world.set_up()
    assert "before anyone sees it" in words(world.gate.history()[0])

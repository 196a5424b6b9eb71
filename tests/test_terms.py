"""Moderators teach their server's harmless words; drafts are screened with them from then on."""

import discord
import pytest
import sqlalchemy as sa
from simcord import InteractionResult, MemberActor

from cogs._allowed import AllowedTerms
from data.store.terms import MOST, AllowedTerm
from tests.world import World, labels, said

DRAFT = "Sarah cried."


async def allow(world: World, who: MemberActor, term: str, **label: str) -> InteractionResult:
    return await who.slash(world.lounge, "terms allow", term=term, **label)


async def forget(world: World, who: MemberActor, term: str) -> InteractionResult:
    return await who.slash(world.lounge, "terms forget", term=term)


async def is_held(world: World, draft: str = DRAFT) -> bool:
    """Say whether a member's draft is held; otherwise it is posted."""
    before = len(world.posts())
    answer = await world.vent(world.jo, draft)
    assert ("Posted" in said(answer)) == (len(world.posts()) > before)
    return len(world.posts()) == before


async def actions(world: World) -> list[tuple[str, int | None, str]]:
    """What was noted about terms, the oldest first."""
    rows = await world.bot.store.audit.rows(world.guild.id)
    return [(row.action, row.actor_id, row.reason) for row in reversed(rows) if row.action.startswith("term.")]


async def test_a_word_is_held_then_allowed_then_held_again(world: World) -> None:
    await world.set_up()
    assert await is_held(world)
    answer = await allow(world, world.mo, "  SARAH ")
    assert answer.ephemeral and "“sarah” is allowed" in said(answer)
    assert not await is_held(world)
    assert "Forgotten" in said(await forget(world, world.ann, "Sarah"))
    assert await is_held(world)


async def test_an_allowed_word_opens_the_way_for_no_other(world: World) -> None:
    await world.set_up()
    await allow(world, world.mo, "Sarah")
    assert await is_held(world, "Sarah cried, and Maria cried.")
    assert await is_held(world, "Sarah cried. Her number is 555-867-5309.")


async def test_a_label_lets_the_word_stand_as_that_kind_alone(world: World) -> None:
    await world.set_up()
    assert "as org alone" in said(await allow(world, world.mo, "Sarah", label="ORG"))
    assert await is_held(world)
    await allow(world, world.mo, "Sarah", label="NAME")
    assert not await is_held(world)
    await forget(world, world.mo, "Sarah")
    assert await is_held(world)
    noted = [("term.allowed", "ORG"), ("term.allowed", "NAME"), ("term.forgotten", "NAME"), ("term.forgotten", "ORG")]
    assert sorted((action, reason) for action, _, reason in await actions(world)) == sorted(noted)


async def test_check_and_the_suggestion_know_the_words_too(world: World) -> None:
    await world.set_up()
    await allow(world, world.mo, "Sarah")
    assert "Nothing in this draft" in said(await world.jo.slash(world.lounge, "check", text=DRAFT))
    held = await world.vent(world.jo, "Sarah cried, and Maria cried.")
    await world.jo.click(held.response, label="Post suggestion")
    (post,) = world.posts()
    assert "Sarah" in post.content and "Maria" not in post.content


async def test_a_draft_that_waited_is_screened_with_the_words_of_now(world: World) -> None:
    await world.set_up()
    held = await world.vent(world.jo, "My client Sarah cried again.")
    await allow(world, world.mo, "Sarah")
    edited = await world.jo.click(held.response, label="Edit")
    await world.fill(world.jo, edited, DRAFT)
    assert [post.content for post in world.posts()] == [DRAFT]


async def test_allowed_words_survive_a_restart(world: World) -> None:
    await world.set_up()
    await allow(world, world.mo, "Sarah")
    await world.restart()
    assert not await is_held(world)
    await forget(world, world.mo, "Sarah")
    await world.restart()
    assert await is_held(world)


async def test_a_word_is_allowed_in_its_own_server_alone(world: World) -> None:
    await world.set_up()
    await world.bot.store.terms.allow(world.guild.id + 1, "Sarah", by=1)
    assert await is_held(world)
    assert await world.mo.autocomplete(world.lounge, "terms forget", "term", "") == []


async def test_each_change_leaves_a_line_without_the_word(world: World) -> None:
    await world.set_up()
    await allow(world, world.mo, "Sarah")
    assert "is allowed already" in said(await allow(world, world.ann, "sarah"))
    await forget(world, world.ann, "Sarah")
    assert "was not allowed" in said(await forget(world, world.ann, "Sarah"))
    assert await actions(world) == [("term.allowed", world.mo.id, ""), ("term.forgotten", world.ann.id, "")]
    assert "sarah" not in repr(await world.bot.store.audit.rows(world.guild.id)).lower()


async def test_a_member_changes_nothing_and_sees_nothing(world: World) -> None:
    await world.set_up()
    await allow(world, world.mo, "Larkfield House")
    refused = [
        await allow(world, world.jo, "Sarah"),
        await forget(world, world.jo, "Larkfield House"),
        await world.jo.slash(world.lounge, "terms list"),
    ]
    for answer in refused:
        assert answer.ephemeral and "Only the moderators" in said(answer) and "larkfield" not in said(answer)
    assert await world.jo.autocomplete(world.lounge, "terms forget", "term", "l") == []
    assert await is_held(world) and len(await world.bot.store.terms.of(world.guild.id)) == 1


async def test_the_role_from_setup_is_enough(world: World) -> None:
    supervisors = world.guild.create_role("Supervisors")
    kim = world.guild.add_member(world.env.create_user("kim"), roles=[supervisors])
    assert "Only the moderators" in said(await allow(world, kim, "Sarah"))
    await world.set_up(moderators_role=supervisors)
    await allow(world, kim, "Sarah")
    assert not await is_held(world)


@pytest.mark.parametrize("term", ["555-867-5309", "MRN 0042317", "sarah@example.org", "https://example.org/sarah"])
async def test_numbers_and_addresses_are_refused(world: World, term: str) -> None:
    await world.set_up()
    answer = await allow(world, world.mo, term)
    assert answer.ephemeral and "can never be allowed" in said(answer) and term not in said(answer)
    assert not await world.bot.store.terms.of(world.guild.id) and not await actions(world)


async def test_nothing_but_spaces_is_refused(world: World) -> None:
    assert "no term" in said(await allow(world, world.mo, "   "))


async def test_no_label_of_a_number_or_an_address_is_offered(world: World) -> None:
    (command,) = [c for c in world.bot.tree.get_commands() if c.name == "terms"]
    assert isinstance(command, discord.app_commands.Group)
    offered = {choice.value for choice in command.get_command("allow").get_parameter("label").choices}
    assert "NAME" in offered and not offered & {"PHONE", "EMAIL", "ID", "URL", "IP", "HANDLE"}


async def test_a_full_list_takes_no_more(world: World) -> None:
    for number in range(MOST):
        await world.bot.store.terms.allow(world.guild.id, word(number), by=1)
    answer = await allow(world, world.mo, "Sarah")
    assert "500 terms at most" in said(answer) and "/terms forget" in said(answer)
    await forget(world, world.mo, word(7))
    assert "is allowed" in said(await allow(world, world.mo, "Sarah"))


async def test_forget_offers_each_word_once_with_its_kinds(world: World) -> None:
    await allow(world, world.mo, "Larkfield House", label="ORG")
    await allow(world, world.mo, "Larkfield House", label="LOCATION")
    await allow(world, world.mo, "Sarah")
    offered = await world.mo.autocomplete(world.lounge, "terms forget", "term", "LARK")
    assert [(one["name"], one["value"]) for one in offered] == [("larkfield house · location, org", "larkfield house")]
    assert len(await world.mo.autocomplete(world.lounge, "terms forget", "term", "")) == 2


async def test_a_long_list_is_turned_page_by_page_after_a_restart_too(world: World) -> None:
    assert "No term is allowed" in said(await world.mo.slash(world.lounge, "terms list"))
    for number in range(31):
        await world.bot.store.terms.allow(world.guild.id, word(number), by=world.mo.id)
    answer = await world.mo.slash(world.lounge, "terms list")
    assert answer.ephemeral and labels(answer.response) == ["Previous", "Next"]
    assert "page 1 of 3" in said(answer) and word(0) in said(answer) and f"<@{world.mo.id}>" in said(answer)
    await world.restart()
    await world.mo.click(answer.response, label="Next")
    await world.mo.click(answer.response, label="Next")
    assert "page 3 of 3" in said(answer) and word(30) in said(answer) and word(0) not in said(answer)
    await world.mo.click(answer.response, label="Previous")
    assert "page 2 of 3" in said(answer)


async def test_the_longest_words_fit_a_page(world: World) -> None:
    for number in range(15):
        await world.bot.store.terms.allow(world.guild.id, word(number) + "_ΐ" * 38, "DEMOGRAPHIC", by=world.mo.id)
    answer = await world.mo.slash(world.lounge, "terms list")
    assert word(14) in said(answer).replace("\\", "")


async def test_when_the_words_cannot_be_read_more_is_held_and_nothing_lost(world: World) -> None:
    await world.set_up()
    await allow(world, world.mo, "Sarah")
    engine = world.bot.store.drafts._database.engine
    async with engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE allowed_terms RENAME TO lost"))
    assert await is_held(world)
    async with engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE lost RENAME TO allowed_terms"))
    assert not await is_held(world)


async def test_a_word_that_is_refused_by_now_is_passed_over(world: World) -> None:
    await world.set_up()
    for term, label in (("555-867-5309", None), ("Maria", "GONE"), ("Sarah", None)):
        await world.bot.store.terms.allow(world.guild.id, term, label, by=1)
    assert not await is_held(world)
    assert await is_held(world, "Call 555-867-5309.") and await is_held(world, "Maria cried.")


async def test_what_was_read_during_a_change_is_not_kept() -> None:
    class Slow:
        """A store in which somebody forgets a term while it is read."""

        kept: tuple[AllowedTerm, ...] = (AllowedTerm("k", 1, "sarah", None, 2, discord.utils.utcnow()),)

        async def of(self, _guild_id: int) -> tuple[AllowedTerm, ...]:
            before, self.kept = self.kept, ()
            if before:
                allowed.changed(1)
            return before

    allowed = AllowedTerms(Slow())
    assert len(await allowed.of(1)) == 1
    assert await allowed.of(1) == ()


def word(number: int) -> str:
    """A word without a figure, in alphabetical order."""
    return "larkfield " + "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))

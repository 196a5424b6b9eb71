"""A held draft waits for a moderator; one decides, the author is told, the text goes."""

from simcord import InteractionResult

from data.store.drafts import DraftState
from tests.world import CLEAN, HELD, World, labels, said, words


async def asked(world: World) -> InteractionResult:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    await world.amara.click(answer.response, label="Ask a moderator")
    return answer


async def test_the_card_is_masked_and_names_no_author(world: World) -> None:
    answer = await asked(world)
    assert "direct message" in said(answer)
    (card,) = world.cards()
    assert "Sarah" not in words(card) and "Amara" not in words(card) and "Suggestion" in words(card)
    assert labels(card) == [
        "Approve as written",
        "Approve suggestion",
        "Return with a note",
        "Decline",
        "Show the text",
    ]


async def test_approved_as_written(world: World) -> None:
    await asked(world)
    await world.mo.click(world.cards()[0], label="Approve as written")
    assert [post.content for post in world.posts()] == [HELD]
    (card,) = world.cards()
    assert "Approved as written by" in words(card) and not labels(card) and not card.embeds
    assert any("approved your draft" in letter for letter in world.letters(world.amara))


async def test_approved_with_the_suggestion(world: World) -> None:
    await asked(world)
    await world.mo.click(world.cards()[0], label="Approve suggestion")
    (post,) = world.posts()
    assert "Sarah" not in post.content and post.author.name == "Dr Amara"


async def test_returned_with_a_note_the_draft_is_the_authors_again(world: World) -> None:
    await asked(world)
    form = await world.mo.click(world.cards()[0], label="Return with a note")
    await world.mo.submit_modal(form, {"text": "Could you leave the name out?"})
    letter = world.letters(world.amara)[-1]
    assert "leave the name out" in letter
    dm = world.direct(world.amara)[-1]
    again = await world.user(world.amara).click(dm, label="Open my draft")
    assert HELD in str(again.modal)
    await world.user(world.amara).submit_modal(again, {"text": CLEAN})
    assert [post.content for post in world.posts()] == [CLEAN]


async def test_declined_the_text_is_deleted_and_the_author_told(world: World) -> None:
    await asked(world)
    await world.mo.click(world.cards()[0], label="Decline")
    assert not world.posts() and "declined" in world.letters(world.amara)[-1]
    assert "Declined" in words(world.cards()[0])


async def test_the_text_is_shown_to_one_moderator_and_that_is_noted(world: World) -> None:
    await asked(world)
    shown = await world.mo.click(world.cards()[0], label="Show the text")
    assert shown.ephemeral and HELD in said(shown)
    rows = await world.bot.store.audit.rows(world.guild.id)
    assert [(row.action, row.actor_id) for row in rows][:1] == [("review.read", world.mo.id)]


async def test_the_second_moderator_hears_that_it_is_decided(world: World) -> None:
    await asked(world)
    card = world.cards()[0]
    buttons = {b["label"]: b["custom_id"] for row in card.components for b in row.to_dict()["components"]}
    await world.mo.click(card, label="Decline")
    form = await world.ann.slash(world.lounge, "vent")
    form._interaction.modal["custom_id"] = buttons["Return with a note"] + ":00ff00ff"
    late = await world.fill(world.ann, form, "too late")
    assert "Another moderator" in said(late)
    assert [row.action for row in await world.bot.store.audit.rows(world.guild.id)].count("review.decline") == 1


async def test_two_moderators_at_the_same_instant_decide_once(world: World) -> None:
    await asked(world)
    await world.at_once([(world.mo, "approve"), (world.ann, "decline")])
    rows = [row.action for row in await world.bot.store.audit.rows(world.guild.id)]
    assert sum(action in ("review.approve", "review.decline") for action in rows) == 1
    assert len(world.posts()) == ("review.approve" in rows)


async def test_a_member_without_the_role_decides_nothing(world: World) -> None:
    await asked(world)
    answer = await world.at_once([(world.jo, "approve")])
    assert not world.posts() and "Only the moderators" in said(answer[0])


async def test_nobody_decides_about_their_own_draft(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.mo, HELD)
    await world.mo.click(answer.response, label="Ask a moderator")
    refused = await world.mo.click(world.cards()[0], label="Approve as written")
    assert "Another moderator" in said(refused) and not world.posts()


async def test_the_queue_works_after_a_restart(world: World) -> None:
    await asked(world)
    await world.restart()
    await world.mo.click(world.cards()[0], label="Approve suggestion")
    assert len(world.posts()) == 1


async def test_with_direct_messages_closed_the_author_hears_at_the_next_visit(world: World) -> None:
    await asked(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=1)
    await world.mo.click(world.cards()[0], label="Decline")
    visit = await world.amara.slash(world.lounge, "check", text=CLEAN)
    assert "declined" in said(visit)
    assert "declined" not in said(await world.amara.slash(world.lounge, "check", text=CLEAN))


async def test_an_approval_that_discord_refuses_leaves_the_item_open(world: World) -> None:
    await asked(world)
    world.env.inject_error("POST", "/webhooks/*/simcord_webhook*", status=403, code=50013)
    failed = await world.mo.click(world.cards()[0], label="Approve suggestion")
    assert "waits again" in said(failed) and not world.posts()
    await world.mo.click(world.cards()[0], label="Approve suggestion")
    assert len(world.posts()) == 1


async def test_when_the_moderators_channel_cannot_be_written_the_draft_stays_the_authors(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    world.env.inject_error("POST", f"/channels/{world.moderators.id}/messages", status=403, code=50013)
    failed = await world.amara.click(answer.response, label="Ask a moderator")
    assert "nobody was asked" in said(failed)
    await world.amara.click(answer.response, label="Ask a moderator")
    assert len(world.cards()) == 1


async def test_undecided_drafts_are_forgotten_in_time(world: World) -> None:
    await asked(world)
    (item,) = await world.bot.store.reviews.open_reviews(world.guild.id)
    await world.env.advance_time(80 * 3600)
    assert not await world.bot.store.reviews.open_reviews(world.guild.id)
    late = await world.mo.click(world.cards()[0], label="Approve as written")
    assert not world.posts() and said(late)
    assert (await world.bot.store.reviews.get(item.key)).decision == DraftState.EXPIRED.value

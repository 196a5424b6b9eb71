"""A member writes; nobody sees a word before it is screened."""

from tests.world import CAUTION, CLEAN, HELD, World, labels, said


async def test_a_clear_draft_is_posted_under_the_authors_name(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, CLEAN, need="ideas")
    assert answer.ephemeral and "Posted" in said(answer)
    (post,) = world.posts()
    assert post.content == CLEAN and post.author.name == "Dr Amara"
    assert labels(post) == ["Reply", "Ideas welcome"]


async def test_a_held_draft_is_shown_masked_to_its_author_alone(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    assert answer.ephemeral and not world.posts()
    assert "Sarah" not in said(answer) and "client" in said(answer)
    assert labels(answer.response) == ["Post suggestion", "Edit", "Ask a moderator", "Discard"]


async def test_the_suggestion_is_posted_instead(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    done = await world.amara.click(answer.response, label="Post suggestion")
    assert "Posted" in said(done)
    (post,) = world.posts()
    assert "Sarah" not in post.content and "no-showed again" in post.content


async def test_contextual_details_may_be_posted_as_written_and_names_may_not(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, CAUTION)
    assert "Post as written" in labels(answer.response)
    await world.amara.click(answer.response, label="Post as written")
    assert [post.content for post in world.posts()] == [CAUTION]


async def test_an_author_edits_their_draft_and_it_is_screened_again(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    form = await world.amara.click(answer.response, label="Edit")
    assert HELD in str(form.modal)
    still = await world.fill(world.amara, form, HELD.replace("Sarah", "Maria"))
    assert not world.posts() and "Maria" not in said(still)
    form = await world.amara.click(answer.response, label="Edit")
    await world.fill(world.amara, form, CLEAN)
    assert [post.content for post in world.posts()] == [CLEAN]


async def test_a_discarded_draft_is_gone(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    card = answer.response
    assert card
    buttons = [child["custom_id"] for row in card.components for child in row["components"]]
    await world.amara.click(card, label="Discard")
    assert "Discarded" in said(answer) and not labels(answer.response)
    form = await world.amara.slash(world.lounge, "vent")
    form._interaction.modal["custom_id"] = f"{buttons[0].replace('post_suggestion', 'edit')}:00ff00ff"
    again = await world.fill(world.amara, form, CLEAN)
    assert "Nothing was posted" in said(again) and not world.posts()


async def test_the_panel_opens_the_form_in_the_gate(world: World) -> None:
    await world.set_up()
    (panel,) = world.gate.history()
    form = await world.jo.click(panel, label="Write a post")
    await world.fill(world.jo, form, CLEAN)
    assert [post.content for post in world.posts()] == [CLEAN]


async def test_a_reply_goes_the_same_way_and_links_to_its_post(world: World) -> None:
    await world.set_up()
    await world.vent(world.amara, CLEAN)
    form = await world.jo.click(world.posts()[0], label="Reply")
    held = await world.fill(world.jo, form, "I had Sarah last year, same thing.")
    assert len(world.posts()) == 1 and "Sarah" not in said(held)
    form = await world.jo.click(world.posts()[0], label="Reply")
    await world.fill(world.jo, form, "That sounds so heavy.")
    first, reply = world.posts()
    assert reply.author.name == "Jo" and "↪ What this answers" in labels(reply)
    assert str(first.id) in str([row.to_dict() for row in reply.components])


async def test_an_alias_stays_within_one_thread_and_is_off_by_default(world: World) -> None:
    await world.set_up()
    form = await world.amara.slash(world.lounge, "vent")
    assert "under" not in str(form.modal)
    await world.set_up(aliases=True)
    await world.vent(world.amara, CLEAN, under="alias")
    root = world.posts()[0]
    for who, text in ((world.jo, "With you."), (world.amara, "Thank you, that helps."), (world.jo, "Any time.")):
        await world.fill(who, await who.click(root, label="Reply"), text, under="alias")
    names = [post.author.name for post in world.posts()]
    assert names[0] == names[2] != names[1] == names[3]
    assert not {"Dr Amara", "Jo"} & set(names)


async def test_no_button_of_a_post_names_its_author(world: World) -> None:
    await world.set_up(aliases=True)
    await world.vent(world.amara, CLEAN, under="alias")
    (post,) = world.posts()
    raw = str([row.to_dict() for row in post.components])
    assert str(world.amara.id) not in raw and not post.interaction_metadata


async def test_two_open_forms_do_not_mix(world: World) -> None:
    await world.set_up()
    forms = {who: await who.slash(world.lounge, "vent") for who in (world.amara, world.jo)}
    for who, form in forms.items():
        await world.fill(who, form, f"{CLEAN} This is {'mine' if who is world.jo else 'another'}.")
    assert [post.author.name for post in world.posts()] == ["Dr Amara", "Jo"]
    assert world.posts()[1].content.endswith("mine.")


async def test_a_form_left_open_over_a_restart_is_still_taken(world: World) -> None:
    await world.set_up()
    form = await world.amara.slash(world.lounge, "vent")
    await world.restart()
    await world.fill(world.amara, form, CLEAN)
    assert [post.content for post in world.posts()] == [CLEAN]


async def test_buttons_work_after_a_restart(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    await world.restart()
    await world.amara.click(answer.response, label="Post suggestion")
    (post,) = world.posts()
    await world.restart()
    await world.fill(world.jo, await world.jo.click(post, label="Reply"), "With you.")
    assert len(world.posts()) == 2


async def test_nobody_else_can_use_an_authors_card(world: World) -> None:
    await world.set_up()
    answer = await world.vent(world.amara, HELD)
    key = next(child["custom_id"] for row in answer.response.components for child in row["components"])
    form = await world.jo.slash(world.lounge, "vent")
    assert form.modal
    form._interaction.modal["custom_id"] = key.replace("post_suggestion", "edit") + ":00ff00ff"
    taken = await world.fill(world.jo, form, CLEAN)
    assert not world.posts() and "Nothing was posted" in said(taken)


async def test_names_that_discord_refuses_are_parted(world: World) -> None:
    await world.set_up()
    clyde = world.guild.add_member(world.env.create_user("clyde_b", global_name="Clyde of Discord"))
    await world.vent(clyde, CLEAN)
    (post,) = world.posts()
    shown = post.author.name.lower()
    assert "clyde" not in shown and "discord" not in shown and shown.startswith("c")


async def test_before_setup_vent_says_what_is_missing(world: World) -> None:
    answer = await world.amara.slash(world.lounge, "vent")
    assert answer.modal is None and "/setup" in said(answer)


async def test_a_text_of_2000_letters_fits(world: World) -> None:
    await world.set_up()
    text = ("It was a long day and I am tired. " * 80)[:1999] + "."
    await world.vent(world.amara, text)
    assert [post.content for post in world.posts()] == [text]


async def test_pings_are_never_sent(world: World) -> None:
    await world.set_up()
    await world.vent(world.amara, "I could hug @everyone here today.")
    (post,) = world.posts()
    assert not post.mention_everyone

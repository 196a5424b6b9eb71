"""A member writes; nobody sees a word before it is screened."""

from tests.world import CAUTION, CLEAN, HELD, World, labels, said, words


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
    await world.amara.click(answer.response, label="Discard")
    assert not world.posts()



"""A draft's way from every door: screen, then card, relay, review or back to its author.

What fails on the way never shows the draft; its author gets it back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from cogs import _cards, _relay
from cogs._cards import Card
from cogs._replies import NOT_KEPT, NOT_SCREENED, Refused, begin, show, tell
from data import telemetry
from data.store.drafts import Draft, DraftState, NewDraft
from data.store.errors import NoSuchDraft, StoreError
from data.store.posts import Post
from screening import Screening, ScreeningError, Verdict

if TYPE_CHECKING:
    from cogs._bot import Pause

log = telemetry.logger(__name__)

_NOT_POSTED: dict[type[Exception], str] = {
    _relay.GateGone: "**Your draft was not posted:** the channel is gone or no longer set up. "
    "Please tell your administrators.",
    _relay.Refused: "**Your draft was not posted:** Discord refused it, as Pause lacks a permission in the channel. "
    "Please tell your administrators.",
    _relay.Unreachable: "**Your draft was not posted:** Discord did not answer. Please try again in a few minutes.",
    _relay.Uncertain: "**Your draft may have been posted or not:** Discord stopped answering halfway. "
    "Look into the channel before you send it again. Here is your text.",
}
_RESTARTED = (
    "Pause was restarted while it had your draft. Nobody has seen it, and it is not lost: "
    "open it with the button, or write it again with `/vent`."
)


async def submit(pause: Pause, interaction: discord.Interaction[Pause], new: NewDraft) -> None:
    """Take a new draft in and answer with what becomes of it."""
    await begin(interaction)
    try:
        draft = await pause.store.drafts.open(new, keep=pause.settings.retention)
    except StoreError as fault:
        log.error("draft.not_kept", exc_info=fault)
        return await show(interaction, _cards.handed_back(new.text, NOT_KEPT))
    await _read(pause, interaction, draft)


async def resubmit(pause: Pause, interaction: discord.Interaction[Pause], key: str, text: str) -> None:
    """Take an author's own draft back in, with the text as they changed it."""
    await begin(interaction)
    try:
        draft = await own(pause, interaction, key)
    except (NoSuchDraft, StoreError) as fault:
        log.warning("draft.not_found", exc_info=fault)
        return await show(interaction, _cards.handed_back(text, _gone(fault)))
    await _read(pause, interaction, replace(draft, text=text))


async def post_suggestion(pause: Pause, interaction: discord.Interaction[Pause], key: str) -> None:
    """Relay the suggestion, screened once more."""
    await begin(interaction)
    draft = await own(pause, interaction, key)
    if (screening := await _screening(pause, interaction, draft)) is None:
        return
    again = await pause.screen(screening.suggestion, draft.guild_id)
    if again.verdict is Verdict.HOLD:
        return await _offer(pause, interaction, draft, screening)
    await _post(pause, interaction, draft, screening.suggestion)


async def post_written(pause: Pause, interaction: discord.Interaction[Pause], key: str) -> None:
    """Relay the draft as written, if it holds nothing but contextual details."""
    await begin(interaction)
    draft = await own(pause, interaction, key)
    if (screening := await _screening(pause, interaction, draft)) is None:
        return
    if screening.verdict is Verdict.HOLD:
        return await _offer(pause, interaction, draft, screening)
    await _post(pause, interaction, draft, draft.text)


async def ask(pause: Pause, interaction: discord.Interaction[Pause], key: str) -> None:
    """Put the draft into the moderators' queue and its masked card into their channel."""
    await begin(interaction)
    draft = await own(pause, interaction, key)
    settings = await pause.store.guilds.get(draft.guild_id)
    channel = pause.get_channel(settings.moderators_channel_id) if settings else None
    if not isinstance(channel, discord.TextChannel):
        raise Refused(
            "There is no moderators' channel at the moment. Your draft is still yours: post the suggestion or edit."
        )
    if (screening := await _screening(pause, interaction, draft)) is None:
        return
    item = await pause.store.reviews.ask(draft)
    try:
        sent = await channel.send(**_cards.review(item.key, draft.text, screening).sending())
    except discord.HTTPException as fault:
        log.error("review.card_failed", review=item.key, exc_info=fault)
        await pause.store.reviews.withdraw(item)
        raise Refused(
            "The moderators' channel cannot be reached, so nobody was asked. Your draft is still yours: "
            "post the suggestion, edit it, or try again later."
        ) from None
    await pause.store.reviews.card_posted(item.key, channel.id, sent.id)
    hours = pause.settings.retention_h
    await show(
        interaction,
        Card(
            "A moderator will look at it, and you will hear by direct message. "
            f"Undecided, it is deleted after {hours} hours."
        ),
    )


async def discard(pause: Pause, interaction: discord.Interaction[Pause], key: str) -> None:
    """Delete the draft."""
    await begin(interaction)
    draft = await own(pause, interaction, key)
    await pause.store.drafts.move(draft.key, (DraftState.RECEIVED, DraftState.WITH_AUTHOR), DraftState.DISCARDED)
    await show(interaction, Card("Discarded. Nothing of it was kept."))


async def own(pause: Pause, interaction: discord.Interaction[Pause], key: str) -> Draft:
    """Return the member's own draft, while it is theirs. Raises: NoSuchDraft, StoreError."""
    draft = await pause.store.drafts.get(key)
    if draft.author_id != interaction.user.id or draft.state not in (DraftState.RECEIVED, DraftState.WITH_AUTHOR):
        raise NoSuchDraft(key)
    return draft


async def finish(pause: Pause, draft: Draft) -> Post:
    """Post a draft that is ``relaying`` and end it. Raises: RelayFailed, StoreError: it is still ``relaying``."""
    post = await _relay.post(pause, draft)
    try:
        await pause.store.drafts.relayed(draft, post)
    except StoreError as fault:
        # It is posted; the next start finds it in the channel and ends the draft then.
        log.error("draft.not_ended", draft=draft.key, exc_info=fault)
    log.info("draft.relayed", draft=draft.key)
    return post


async def recover(pause: Pause) -> None:
    """End what was posted before a sudden end, and give back what was not."""
    try:
        left = await pause.store.drafts.unfinished()
        for draft in left:
            await _recover_one(pause, draft)
    except (StoreError, discord.HTTPException) as fault:
        log.error("drafts.not_recovered", exc_info=fault)
    else:
        if left:
            log.info("drafts.recovered", count=len(left))


async def _recover_one(pause: Pause, draft: Draft) -> None:
    if draft.state is DraftState.RELAYING and (post := await _relay.find_post(pause, draft)):
        await pause.store.drafts.relayed(draft, post)
        return
    if await pause.store.drafts.move(draft.key, (draft.state,), DraftState.WITH_AUTHOR):
        await tell(pause, draft.author_id, _cards.waiting(_RESTARTED, draft.key))


async def _read(pause: Pause, interaction: discord.Interaction[Pause], draft: Draft) -> None:
    if (screening := await _screening(pause, interaction, draft)) is None:
        return
    if screening.verdict is Verdict.CLEAR:
        await _post(pause, interaction, draft, draft.text)
    else:
        await _offer(pause, interaction, draft, screening)


async def _screening(pause: Pause, interaction: discord.Interaction[Pause], draft: Draft) -> Screening | None:
    """Return the draft's screening, or hand the draft back and return None."""
    try:
        return await pause.screen(draft.text, draft.guild_id)
    except ScreeningError as fault:
        log.error("draft.not_screened", draft=draft.key, exc_info=fault)
        await _hand_back(pause, interaction, draft, NOT_SCREENED)
        return None


async def _offer(pause: Pause, interaction: discord.Interaction[Pause], draft: Draft, screening: Screening) -> None:
    try:
        kept = await pause.store.drafts.revise(draft, text=draft.text, suggestion=screening.suggestion)
    except StoreError as fault:
        log.error("draft.not_kept", draft=draft.key, exc_info=fault)
        return await show(interaction, _cards.handed_back(draft.text, NOT_KEPT))
    await show(interaction, _cards.findings(kept.text, screening, _cards.author_buttons(kept.key, screening)))


async def _post(pause: Pause, interaction: discord.Interaction[Pause], draft: Draft, text: str) -> None:
    chosen = replace(draft, outgoing=text)
    try:
        claimed = await pause.store.drafts.begin_relay(draft, text)
    except StoreError as fault:
        log.error("draft.not_kept", draft=draft.key, exc_info=fault)
        return await show(interaction, _cards.handed_back(draft.text, NOT_KEPT))
    if not claimed:
        raise NoSuchDraft(draft.key)
    try:
        post = await finish(pause, chosen)
    except _relay.Uncertain as fault:
        log.error("draft.uncertain", draft=draft.key, exc_info=fault)
        return await show(interaction, _cards.handed_back(draft.text, _NOT_POSTED[_relay.Uncertain]))
    except (_relay.RelayFailed, StoreError) as fault:
        log.error("draft.not_posted", draft=draft.key, exc_info=fault)
        await _take_back(pause, draft)
        return await _hand_back(pause, interaction, draft, _NOT_POSTED.get(type(fault), NOT_KEPT))
    await show(
        interaction, Card(f"Posted: https://discord.com/channels/{post.guild_id}/{post.channel_id}/{post.message_id}")
    )


async def _take_back(pause: Pause, draft: Draft) -> None:
    """Give a draft whose relay failed back to its author; where the store fails too, the next start does it."""
    try:
        await pause.store.drafts.move(draft.key, (DraftState.RELAYING,), DraftState.WITH_AUTHOR)
    except StoreError as fault:
        log.error("draft.not_taken_back", draft=draft.key, exc_info=fault)


async def _hand_back(pause: Pause, interaction: discord.Interaction[Pause], draft: Draft, sentence: str) -> None:
    """Give the author the text in the answer itself, and a way to try again where the store works."""
    key = draft.key
    try:
        await pause.store.drafts.revise(draft, text=draft.text, suggestion=draft.suggestion)
    except StoreError as fault:
        log.error("draft.not_kept", draft=draft.key, exc_info=fault)
        key = ""
    await show(interaction, _cards.handed_back(draft.text, sentence, key))


def _gone(fault: Exception) -> str:
    if isinstance(fault, NoSuchDraft):
        return (
            "**Nothing was posted:** this draft was decided, discarded or ran out meanwhile. "
            "Here is your text; send it with `/vent`."
        )
    return NOT_KEPT

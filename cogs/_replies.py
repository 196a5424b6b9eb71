"""What the member reads when something fails: what happened to the draft, and what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from cogs._cards import Card, form_values, handed_back, packed
from data import telemetry
from data.store.errors import AlreadyDecided, NoSuchDraft, NoSuchReview, StaleDraft, StoreError
from data.vault import VaultError
from screening import ScreeningError

if TYPE_CHECKING:
    from cogs._bot import Pause

log = telemetry.logger(__name__)

NOT_SCREENED = (
    "**Your draft was not shown to anyone.** The screening did not finish, and an unread draft is never posted. "
    "Here it is again, for your eyes only. Try once more in a minute; if it happens again, tell your administrators."
)
NOT_KEPT = (
    "**Your draft was not shown to anyone.** Pause cannot reach its store at the moment. "
    "Here is your text, for your eyes only: copy it, and try again in a few minutes."
)
_UNKNOWN = (
    "That did not work, and Pause does not know why. Nothing was posted because of it. "
    "Please try again; if it happens again, tell your administrators."
)
_SENTENCES: tuple[tuple[type[BaseException], str], ...] = (
    (AlreadyDecided, "Another moderator has decided this one already."),
    (NoSuchReview, "This item is no longer in the queue."),
    (
        (NoSuchDraft),
        "This draft is no longer here: it was posted, decided or discarded, or its time ran out. "
        "Write a new one with `/vent` or the button in the channel.",
    ),
    (StaleDraft, "This draft is with the moderators already."),
    (ScreeningError, "The screening did not finish, so nothing was shown to anyone. Please try again in a minute."),
    (VaultError, "The key for this draft is gone, so that nobody can read it any more. Please write it again."),
    (StoreError, "Pause cannot reach its store at the moment. Nothing was posted. Please try again in a few minutes."),
    (app_commands.NoPrivateMessage, "This works in a server, not in direct messages."),
    (app_commands.CheckFailure, "You do not have the permission that this needs."),
    (discord.Forbidden, "Discord refused this: Pause lacks a permission there. Please tell your administrators."),
    (discord.NotFound, "What this belongs to is gone from Discord."),
    (discord.HTTPException, "Discord did not answer as it should. Nothing is lost; please try again in a minute."),
)


_NOTICE_KEPT = timedelta(days=30)


class Refused(Exception):
    """The member asked for something that cannot be done; the message is a sentence for them, without their text."""


async def explain(interaction: discord.Interaction[Pause], fault: BaseException) -> None:
    """Tell the member, privately, what a failure means for them; what they wrote in a form comes back to them."""
    if isinstance(fault, Refused):
        sentence = str(fault)
    else:
        sentence = next((text for kind, text in _SENTENCES if isinstance(fault, kind)), _UNKNOWN)
        log.error("interaction.failed", exc_info=fault)
    written = form_values(interaction).get("text") if interaction.type is discord.InteractionType.modal_submit else None
    card = handed_back(written, sentence) if written else Card(sentence)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(**card.sending(), ephemeral=True)
        else:
            await interaction.response.send_message(**card.sending(), ephemeral=True)
    except discord.HTTPException as second:
        log.error("interaction.unanswered", exc_info=second)


async def begin(interaction: discord.Interaction[Pause]) -> None:
    """Tell Discord within its three seconds that an answer is coming, only for the one who asked.

    On one's own private card the answer will replace the card; elsewhere it is a new private message.
    """
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def show(interaction: discord.Interaction[Pause], card: Card) -> None:
    """Give the answer that ``begin`` announced."""
    await interaction.edit_original_response(content=card.content, embeds=list(card.embeds), view=card.view())


async def tell(pause: Pause, member_id: int, card: Card) -> None:
    """Send a card by direct message, or keep its sentence for the member's next visit."""
    try:
        user = pause.get_user(member_id) or await pause.fetch_user(member_id)
        await user.send(**card.sending())
    except discord.HTTPException:
        await pause.store.notices.leave(member_id, packed(card), keep=_NOTICE_KEPT)

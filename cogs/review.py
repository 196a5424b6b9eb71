"""The moderators' queue: look, approve, return with a note, or decline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs import _cards, _draft, _relay
from cogs._cards import Card, form_values
from cogs._replies import Refused, begin, show, tell
from data import telemetry
from data.store.audit import AuditRow
from data.store.drafts import Draft
from data.store.errors import AlreadyDecided, StoreError
from data.store.reviews import Decision, Review

if TYPE_CHECKING:
    from cogs._bot import Pause

log = telemetry.logger(__name__)

_OUTCOME = {
    Decision.APPROVE: "Approved as written",
    Decision.APPROVE_SUGGESTION: "Approved with the suggested wording",
    Decision.RETURN: "Returned to its author with a note",
    Decision.DECLINE: "Declined; the text is deleted",
}
_TOLD = {
    Decision.APPROVE: "A moderator approved your draft as you wrote it, and it is posted: {link}",
    Decision.APPROVE_SUGGESTION: "A moderator approved your draft with the suggested wording, and it is posted: {link}",
    Decision.DECLINE: (
        "A moderator looked at your draft and declined it: it would have pointed to a client. The text is deleted. "
        "That is about the details, not about you. You are welcome to write it again without them."
    ),
}
_RETURNED = "A moderator returned your draft, for you to change. It is still yours alone. Their note:\n> {note}"


class ReviewQueue(commands.Cog, name="Review"):
    """Deciding about held drafts."""

    def __init__(self, pause: Pause) -> None:
        self.pause = pause

    async def cog_load(self) -> None:
        """Take the presses and the form that belong here."""
        self.pause.on_press("approve", self.approve)
        self.pause.on_press("approve_suggestion", self.approve_suggestion)
        self.pause.on_press("decline", self.decline)
        self.pause.on_press("return", self.ask_for_note)
        self.pause.on_press("reveal", self.reveal)
        self.pause.on_form("return", self.give_back)

    async def approve(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """Post the draft as written."""
        await self._approve(interaction, key, Decision.APPROVE)

    async def approve_suggestion(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """Post the suggested wording."""
        await self._approve(interaction, key, Decision.APPROVE_SUGGESTION)

    async def decline(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """Delete the draft and tell its author."""
        await begin(interaction)
        await self._open_draft(interaction, key)
        draft = await self.pause.store.reviews.decide(key, Decision.DECLINE, by=interaction.user.id)
        await self._close(interaction, key, Decision.DECLINE)
        await tell(self.pause, draft.author_id, Card(_TOLD[Decision.DECLINE]))

    async def ask_for_note(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """Open the form for the note."""
        await self._open_draft(interaction, key)
        await interaction.response.send_modal(_cards.note_form(key))

    async def give_back(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """Return the draft to its author with the note."""
        note = form_values(interaction)["text"]
        await begin(interaction)
        await self._open_draft(interaction, key)
        draft = await self.pause.store.reviews.decide(key, Decision.RETURN, by=interaction.user.id)
        await self._close(interaction, key, Decision.RETURN)
        sentence = _RETURNED.format(note=note.replace("\n", "\n> "))
        await tell(self.pause, draft.author_id, _cards.waiting(sentence, draft.key))

    async def reveal(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """Show the text to this moderator alone, and note that it was shown."""
        await begin(interaction)
        draft = await self._open_draft(interaction, key)
        row = AuditRow(self.pause.now(), draft.guild_id, interaction.user.id, "review.read", key)
        await self.pause.store.audit.note(row)
        await show(interaction, _cards.verbatim(draft.text))

    async def _approve(self, interaction: discord.Interaction[Pause], key: str, decision: Decision) -> None:
        await begin(interaction)
        await self._open_draft(interaction, key)
        draft = await self.pause.store.reviews.decide(key, decision, by=interaction.user.id)
        try:
            post = await _draft.finish(self.pause, draft)
        except _relay.Uncertain as fault:
            log.error("review.uncertain", review=key, exc_info=fault)
            raise Refused(
                "Discord stopped answering halfway: the post may be in the channel or not. "
                "Pause finds out when it starts next, and gives the draft back to its author if it is not."
            ) from None
        except (_relay.RelayFailed, StoreError) as fault:
            log.error("review.not_posted", review=key, exc_info=fault)
            await self.pause.store.reviews.reopen(key, draft)
            raise Refused("Discord did not take the post, so the draft waits again. Please try later.") from None
        await self._close(interaction, key, decision)
        link = f"https://discord.com/channels/{post.guild_id}/{post.channel_id}/{post.message_id}"
        await tell(self.pause, draft.author_id, Card(_TOLD[decision].format(link=link)))

    async def _open_draft(self, interaction: discord.Interaction[Pause], key: str) -> Draft:
        """Return the draft of an item that this member may decide. Raises: Refused, StoreError."""
        item = await self.pause.store.reviews.get(key)
        if item.decision is not None:
            raise AlreadyDecided(key)
        settings = await self.pause.store.guilds.get(item.guild_id)
        member = interaction.user
        if settings is None or not isinstance(member, discord.Member) or interaction.guild_id != item.guild_id:
            raise Refused("This can only be decided in its server.")
        if member.get_role(settings.moderators_role_id) is None:
            raise Refused("Only the moderators decide about held drafts.")
        draft = await self.pause.store.drafts.get(item.draft_key)
        if draft.author_id == member.id:
            raise Refused("Another moderator has to decide about this one.")
        return draft

    async def _close(self, interaction: discord.Interaction[Pause], key: str, decision: Decision) -> None:
        """Take the draft's masked text off the card, and answer the moderator."""
        line = f"{_OUTCOME[decision]} by {interaction.user.mention}."
        item = await self.pause.store.reviews.get(key)
        try:
            if message := self._card(item):
                await message.edit(content=line, embeds=[], view=None, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as fault:
            log.warning("review.card_not_closed", review=key, exc_info=fault)
        await show(interaction, Card(f"{_OUTCOME[decision]}. The author is told."))

    def _card(self, item: Review) -> discord.PartialMessage | None:
        channel = self.pause.get_channel(item.card_channel_id) if item.card_channel_id else None
        if not isinstance(channel, discord.TextChannel) or item.card_message_id is None:
            return None
        return channel.get_partial_message(item.card_message_id)


async def setup(pause: Pause) -> None:
    """Add the cog."""
    await pause.add_cog(ReviewQueue(pause))

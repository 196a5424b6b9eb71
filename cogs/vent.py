"""/vent, the panel's button and Reply: three ways to the same form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _cards, _draft
from cogs._cards import NEEDS, form_values
from cogs._replies import Refused
from data.store.drafts import NewDraft
from data.store.guilds import Gate

if TYPE_CHECKING:
    from cogs._bot import Pause


class Vent(commands.Cog):
    """Writing a post."""

    def __init__(self, pause: Pause) -> None:
        self.pause = pause

    async def cog_load(self) -> None:
        """Take the presses and forms that belong here."""
        self.pause.on_press("write", self.write)
        self.pause.on_press("reply", self.reply)
        self.pause.on_press("edit", self.edit)
        self.pause.on_form("vent", self.submitted)
        self.pause.on_form("reply", self.replied)
        self.pause.on_form("edit", self.edited)
        for act in (_draft.post_suggestion, _draft.post_written, _draft.ask, _draft.discard):
            self.pause.on_press(act.__name__, partial(act, self.pause))

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(channel="Where to post, if there is more than one place")
    async def vent(self, interaction: discord.Interaction[Pause], channel: discord.TextChannel | None = None) -> None:
        """Write to your peers; Pause screens it before anyone sees it."""
        gate = await self._gate(interaction, channel)
        await self._open(interaction, "Write a post", "vent", str(gate.channel_id), gate.guild_id)

    async def write(self, interaction: discord.Interaction[Pause], _key: str) -> None:
        """The panel's button."""
        gate = await self.pause.store.guilds.gate(interaction.channel_id or 0)
        if gate is None:
            raise Refused("This channel is no longer set up. Please tell your administrators.")
        await self._open(interaction, "Write a post", "vent", str(gate.channel_id), gate.guild_id)

    async def reply(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """The button below a post."""
        await self._open(interaction, "Write a reply", "reply", key, interaction.guild_id or 0)

    async def edit(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """An author's own draft again, to be changed."""
        draft = await _draft.own(self.pause, interaction, key)
        await interaction.response.send_modal(
            _cards.draft_form("Your draft", "edit", key, draft=draft.text, choices=False)
        )

    async def submitted(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """A new post's form."""
        await self._submit(interaction, int(key), None)

    async def replied(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """A reply's form."""
        await self._submit(interaction, interaction.channel_id or 0, key)

    async def edited(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """A changed draft's form."""
        await _draft.resubmit(self.pause, interaction, key, form_values(interaction)["text"])

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Forget a post with its message."""
        await self.pause.store.posts.drop(payload.message_id)

    async def _open(
        self, interaction: discord.Interaction[Pause], title: str, act: str, key: str, guild_id: int
    ) -> None:
        settings = await self.pause.store.guilds.get(guild_id)
        alias = settings is not None and settings.aliases_allowed
        await interaction.response.send_modal(_cards.draft_form(title, act, key, alias=alias))

    async def _submit(self, interaction: discord.Interaction[Pause], gate_id: int, reply_to: str | None) -> None:
        values = form_values(interaction)
        gate = await self.pause.store.guilds.gate(gate_id)
        if gate and not _sees(interaction, gate):
            raise Refused("You cannot see the channel that this was for, so it was not posted.")
        settings = await self.pause.store.guilds.get(interaction.guild_id or 0)
        need = values.get("need", "")
        new = NewDraft(
            guild_id=interaction.guild_id or 0,
            gate_id=gate_id,
            author_id=interaction.user.id,
            author_name=interaction.user.display_name,
            avatar_url=interaction.user.display_avatar.url,
            text=values["text"],
            as_alias=bool(settings and settings.aliases_allowed and values.get("under") == "alias"),
            need=need if need in NEEDS else "listening",
            reply_to=reply_to,
        )
        await _draft.submit(self.pause, interaction, new)

    async def _gate(self, interaction: discord.Interaction[Pause], chosen: discord.TextChannel | None) -> Gate:
        """Return the gate that is meant, among those the member can see. Raises: Refused."""
        gates = [gate for gate in await self.pause.store.guilds.gates(interaction.guild_id) if _sees(interaction, gate)]
        wanted = chosen.id if chosen else interaction.channel_id
        for gate in gates:
            if gate.channel_id == wanted or (len(gates) == 1 and not chosen):
                return gate
        if not gates:
            raise Refused("There is no place to post yet. An administrator makes one with `/setup`.")
        names = ", ".join(f"<#{gate.channel_id}>" for gate in gates)
        raise Refused(f"Choose where to post with the option `channel`: {names}.")


def _sees(interaction: discord.Interaction[Pause], gate: Gate) -> bool:
    channel = interaction.guild.get_channel(gate.channel_id) if interaction.guild else None
    member = interaction.user
    return channel is not None and isinstance(member, discord.Member) and channel.permissions_for(member).view_channel


async def setup(pause: Pause) -> None:
    """Add the cog."""
    await pause.add_cog(Vent(pause))

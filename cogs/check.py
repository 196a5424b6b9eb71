"""/check, the panel's button and "Check this message": private answers, nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _cards
from cogs._cards import form_values
from cogs._replies import Refused, begin, show

if TYPE_CHECKING:
    from cogs._bot import Pause


class Check(commands.Cog):
    """Looking at a text without posting it."""

    def __init__(self, pause: Pause) -> None:
        self.pause = pause
        self._menu = app_commands.ContextMenu(name="Check this message", callback=self.check_message)

    async def cog_load(self) -> None:
        """Take the press and the form that belong here; a menu command needs adding by hand."""
        self.pause.on_press("check", self.open)
        self.pause.on_form("check", self.submitted)
        self.pause.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu command back."""
        self.pause.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command()
    @app_commands.describe(text="The draft; leave it out to write it in a form")
    async def check(
        self, interaction: discord.Interaction[Pause], text: app_commands.Range[str, 1, 2000] | None = None
    ) -> None:
        """Check a draft privately: only you see the answer, and nothing is stored."""
        if text is None:
            return await self.open(interaction)
        await self._answer(interaction, text)

    async def check_message(self, interaction: discord.Interaction[Pause], message: discord.Message) -> None:
        """The message command."""
        if not message.content:
            raise Refused("There is no text in this message that Pause could read.")
        await self._answer(interaction, message.content)

    async def open(self, interaction: discord.Interaction[Pause], _key: str = "") -> None:
        """The panel's button, or /check without a text."""
        await interaction.response.send_modal(_cards.draft_form("Check a draft", "check", "", choices=False))

    async def submitted(self, interaction: discord.Interaction[Pause], _key: str) -> None:
        """The form of a draft to check."""
        await self._answer(interaction, form_values(interaction)["text"])

    async def _answer(self, interaction: discord.Interaction[Pause], text: str) -> None:
        await begin(interaction)
        screening = await self.pause.screen(text, interaction.guild_id)
        await show(interaction, _cards.findings(text, screening))


async def setup(pause: Pause) -> None:
    """Add the cog."""
    await pause.add_cog(Check(pause))

"""/terms: moderators teach Pause which words are harmless in their server."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _cards
from cogs._cards import Card
from cogs._replies import Refused, begin, show
from data.store.errors import TooManyTerms
from data.store.terms import LONGEST, AllowedTerm, folded
from screening import NEVER_ALLOWED, Allowed, Label, NotAllowable

if TYPE_CHECKING:
    from cogs._bot import Pause

_LABELS = [app_commands.Choice(name=label.lower(), value=label.value) for label in Label if label not in NEVER_ALLOWED]
# Discord's limits: choices in a list, letters in one.
_MOST_CHOICES = 25
_LONGEST_CHOICE = 100
_Term = app_commands.Range[str, 1, LONGEST]


class Terms(commands.Cog):
    """Allowing a term, forgetting it, and looking at all of them."""

    # Discord cannot show a command to a role that only /setup knows, so that the commands look for it themselves.
    terms = app_commands.Group(name="terms", description="Words that Pause lets stand in this server", guild_only=True)

    def __init__(self, pause: Pause) -> None:
        self.pause = pause

    async def cog_load(self) -> None:
        """Take the press that belongs here."""
        self.pause.on_press("terms", self.turn)

    @terms.command()
    @app_commands.describe(
        term="The word or words, exactly as Pause marks them; case does not count",
        label="Let it stand as this kind of detail alone",
    )
    @app_commands.choices(label=_LABELS)
    async def allow(self, interaction: discord.Interaction[Pause], term: _Term, label: str | None = None) -> None:
        """Let a word stand that Pause holds without need, such as your own service's name."""
        await begin(interaction)
        guild_id = await self._moderated(interaction)
        try:
            Allowed(term, Label(label) if label else None)
            is_new = await self.pause.store.terms.allow(guild_id, term, label, by=interaction.user.id)
        except (NotAllowable, TooManyTerms) as fault:
            raise Refused(str(fault)) from None
        finally:
            self.pause.allowed.changed(guild_id)
        await show(interaction, Card(_sentence("is allowed" if is_new else "is allowed already", term, label)))

    @terms.command()
    @app_commands.describe(term="The word or words to hold again")
    async def forget(self, interaction: discord.Interaction[Pause], term: str) -> None:
        """Hold a word again that was allowed, under every label."""
        await begin(interaction)
        guild_id = await self._moderated(interaction)
        try:
            there_was = await self.pause.store.terms.forget(guild_id, term, by=interaction.user.id)
        finally:
            self.pause.allowed.changed(guild_id)
        await show(interaction, Card("Forgotten: Pause looks at it again." if there_was else "It was not allowed."))

    @forget.autocomplete("term")
    async def known(self, interaction: discord.Interaction[Pause], typed: str) -> list[app_commands.Choice[str]]:
        """Offer the server's terms to its moderators, and nothing to anybody else."""
        if interaction.guild_id is None or not await self._may_moderate(interaction):
            return []
        kept = await self.pause.store.terms.of(interaction.guild_id)
        return _choices([one for one in kept if folded(typed) in one.term])

    @terms.command(name="list")
    async def show_all(self, interaction: discord.Interaction[Pause]) -> None:
        """Show what is allowed in this server, who allowed it and when."""
        await self._show_page(interaction, 0)

    async def turn(self, interaction: discord.Interaction[Pause], key: str) -> None:
        """The buttons below a list of several pages; their key is the page."""
        await self._show_page(interaction, int(key))

    async def _show_page(self, interaction: discord.Interaction[Pause], page: int) -> None:
        await begin(interaction)
        guild_id = await self._moderated(interaction)
        await show(interaction, _cards.allowed_terms(await self.pause.store.terms.of(guild_id), page))

    async def _moderated(self, interaction: discord.Interaction[Pause]) -> int:
        """Return the server that this member moderates. Raises: Refused, StoreError."""
        if not await self._may_moderate(interaction):
            raise Refused("Only the moderators decide which words are allowed.")
        return cast(int, interaction.guild_id)

    async def _may_moderate(self, interaction: discord.Interaction[Pause]) -> bool:
        """Say whether this member has the role that /setup named, or may manage the server."""
        member = interaction.user
        if interaction.guild_id is None or not isinstance(member, discord.Member):
            return False
        if interaction.permissions.manage_guild:
            return True
        settings = await self.pause.store.guilds.get(interaction.guild_id)
        return settings is not None and member.get_role(settings.moderators_role_id) is not None


def _choices(kept: Sequence[AllowedTerm]) -> list[app_commands.Choice[str]]:
    """Return a choice for each term, whatever its labels; one too long to be a choice's value has to be typed."""
    scopes = {term: _cards.scopes(same) for term, same in groupby(kept, key=lambda one: one.term)}
    return [
        app_commands.Choice(name=f"{term} · {which}"[:_LONGEST_CHOICE], value=term)
        for term, which in scopes.items()
        if len(term) <= _LONGEST_CHOICE
    ][:_MOST_CHOICES]


def _sentence(what: str, term: str, label: str | None) -> str:
    where = f"as {label.lower()} alone" if label else "as any kind of detail"
    return f"“{discord.utils.escape_markdown(folded(term))}” {what}, {where}: Pause holds no post back for it."


async def setup(pause: Pause) -> None:
    """Add the cog."""
    await pause.add_cog(Terms(pause))

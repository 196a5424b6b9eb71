"""The bot: holds engine and store, sends each press and each form to its cog, and cleans up after a crash."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from cogs import _draft, _replies
from cogs._allowed import AllowedTerms
from cogs._cards import unpacked
from data import telemetry
from data.settings import Settings
from data.store import Store
from data.store.errors import StoreError
from screening import Context, Screening, Worker

log = telemetry.logger(__name__)

# "pause:reply:4f0c…" on a button; a form has a fourth part that is new for each opening, because two
# open forms with one id would overwrite each other in discord.py.
_CUSTOM_ID = re.compile(r"pause:(?P<act>[a-z_]+)(?::(?P<key>[0-9a-z]*))?(?::(?P<token>[0-9a-f]+))?")

Act = Callable[[discord.Interaction["Pause"], str], Awaitable[None]]


class Pause(commands.Bot):
    """The bot. Buttons and forms are found by their custom_id alone, so that they work after a restart too."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        worker: Worker,
        *,
        now: Callable[[], datetime] = discord.utils.utcnow,
        chance: random.Random | None = None,
    ) -> None:
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.settings = settings
        self.store = store
        self.now = now
        self.chance = chance or random.SystemRandom()
        self.allowed = AllowedTerms(store.terms)
        self.webhooks: dict[int, discord.Webhook] = {}
        self._worker = worker
        self._presses: dict[str, Act] = {}
        self._forms: dict[str, Act] = {}
        self._recovered = False
        self.tree.error(self._command_failed)

    async def setup_hook(self) -> None:
        """Start the screening process, load the cogs, publish the commands."""
        await self._worker.start()
        for extension in importlib.import_module("cogs").EXTENSIONS:
            await self.load_extension(extension)
        await self.tree.sync()
        self._upkeep.start()

    async def close(self) -> None:
        """Leave Discord, then end the screening process and close the store."""
        self._upkeep.cancel()
        await super().close()
        await self._worker.close()
        await self.store.close()

    def on_press(self, act: str, do: Act) -> None:
        """Send presses of buttons ``pause:<act>…`` to ``do``, which receives the interaction and the key."""
        self._presses[act] = do

    def on_form(self, act: str, do: Act) -> None:
        """Send submitted forms ``pause:<act>…`` to ``do``, which receives the interaction and the key."""
        self._forms[act] = do

    async def screen(self, text: str, guild_id: int | None) -> Screening:
        """Screen a draft with what is known of its server. Raises: ScreeningTimeout, ScreeningFailed."""
        guild = self.get_guild(guild_id) if guild_id else None
        peers = tuple(member.display_name for member in guild.members if not member.bot) if guild else ()
        allowed = await self.allowed.of(guild_id) if guild_id else ()
        began = self.loop.time()
        screening = await self._worker.screen(text, Context(peers=peers, allowed=allowed, region=self.settings.region))
        ms = round((self.loop.time() - began) * 1000)
        log.info("draft.screened", verdict=screening.verdict.value, findings=len(screening.findings), ms=ms)
        return screening

    async def on_interaction(self, interaction: discord.Interaction[Pause]) -> None:
        """Answer a press or a form; whatever fails, the member is told."""
        kinds = {
            discord.InteractionType.component: self._presses,
            discord.InteractionType.modal_submit: self._forms,
        }
        data: Any = interaction.data or {}
        match = _CUSTOM_ID.fullmatch(str(data.get("custom_id", "")))
        act = kinds.get(interaction.type, {}).get(match["act"]) if match else None
        if match is None or act is None:
            return
        try:
            await act(interaction, match["key"] or "")
            await self._deliver_notices(interaction)
        except Exception as fault:  # noqa: BLE001 - the outer edge: nobody is left without an answer
            await _replies.explain(interaction, fault)

    async def on_app_command_completion(self, interaction: discord.Interaction[Pause], _command: object) -> None:
        """Hand over what could not be sent to the member before."""
        try:
            await self._deliver_notices(interaction)
        except (StoreError, discord.HTTPException) as fault:
            log.warning("notices.failed", exc_info=fault)

    async def on_ready(self) -> None:
        """Finish or hand back, once, what a sudden end left behind."""
        if not self._recovered:
            self._recovered = True
            await _draft.recover(self)

    async def _deliver_notices(self, interaction: discord.Interaction[Pause]) -> None:
        """A form cannot be followed by a message, so that notices wait for the next answer."""
        if interaction.response.type is discord.InteractionResponseType.modal:
            return
        for kept in await self.store.notices.take(interaction.user.id):
            await interaction.followup.send(**unpacked(kept).sending(), ephemeral=True)

    async def _command_failed(
        self, interaction: discord.Interaction[Pause], fault: app_commands.AppCommandError
    ) -> None:
        cause = fault.original if isinstance(fault, app_commands.CommandInvokeError) else fault
        await _replies.explain(interaction, cause)

    @tasks.loop(hours=1)
    async def _upkeep(self) -> None:
        """Forget on time; a failure is logged and tried again in an hour."""
        try:
            purged = await self.store.upkeep.purge(self.now(), longest=self.settings.retention)
        except StoreError as fault:
            log.error("upkeep.failed", exc_info=fault)
            return
        if purged.drafts or purged.notices or purged.keys:
            log.info("upkeep.purged", drafts=purged.drafts, notices=purged.notices, keys=purged.keys)

"""/setup: make a channel a gate, in which only Pause posts, and say who moderates and when a prompt comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _cards
from cogs._relay import own_webhook
from cogs._replies import Refused
from cogs._times import clock_time, known_zone
from data.schedule import WEEKDAYS, known_zones, next_due, weekly
from data.store.audit import AuditRow
from data.store.guilds import Gate, GuildSettings
from data.store.schedules import Recipient, Schedule

if TYPE_CHECKING:
    from cogs._bot import Pause

# Every way in which a member could bring text into a channel without the bot seeing it first.
DENIED = discord.Permissions(
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    create_private_threads=True,
    send_tts_messages=True,
    send_polls=True,
    send_voice_messages=True,
    attach_files=True,
    embed_links=True,
    use_external_apps=True,
    use_external_emojis=True,
    use_external_stickers=True,
    use_application_commands=True,
    use_embedded_activities=True,
    add_reactions=True,
    manage_threads=True,
)
_OWN = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    read_message_history=True,
    manage_webhooks=True,
)
# A bot can deny only what it may do itself, so that the invitation asks for what gates deny as well.
NEEDED = DENIED | _OWN | discord.Permissions(manage_roles=True)


@dataclass(frozen=True, slots=True)
class _Weekly:
    """When the weekly prompt comes, in the server's own time."""

    weekday: int
    at: time
    zone: str
    channel: discord.TextChannel


class Gates(commands.Cog):
    """Setting a server up."""

    def __init__(self, pause: Pause) -> None:
        self.pause = pause

    @app_commands.command(name="setup")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.rename(moderators="moderators_channel", role="moderators_role", day="prompt_day", at="prompt_time")
    @app_commands.rename(zone="prompt_zone", target="prompt_channel")
    @app_commands.describe(
        gate="The channel in which only Pause will post",
        moderators="A private channel in which held drafts wait for a decision",
        role="Who may decide",
        aliases="Let members post under an alias (off unless you choose it: see the README)",
        day="The day of the weekly prompt",
        at="Its local time, such as 17:30",
        zone="Its time zone",
        target="Where it goes; the gate itself if you leave it out",
    )
    @app_commands.choices(day=[app_commands.Choice(name=name, value=n) for n, name in enumerate(WEEKDAYS)])
    async def setup_gate(  # noqa: PLR0913 - one option each
        self,
        interaction: discord.Interaction[Pause],
        gate: discord.TextChannel,
        moderators: discord.TextChannel,
        role: discord.Role,
        *,
        aliases: bool = False,
        day: int | None = None,
        at: str = "17:00",
        zone: str = "UTC",
        target: discord.TextChannel | None = None,
    ) -> None:
        """Make a channel a gate, in which only Pause posts."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild = cast(discord.Guild, interaction.guild)
        _check(guild, gate, moderators)
        prompt = _Weekly(day, clock_time(at), known_zone(zone), target or gate) if day is not None else None
        await self._close(guild, gate)
        await self.pause.store.guilds.save(GuildSettings(guild.id, moderators.id, role.id, aliases))
        if prompt:
            await self._schedule(guild, prompt)
        await self.pause.store.audit.note(
            AuditRow(self.pause.now(), guild.id, interaction.user.id, "gate.set_up", str(gate.id))
        )
        await interaction.edit_original_response(content=_summary(gate, moderators, role, prompt))

    @setup_gate.autocomplete("zone")
    async def zones(self, _interaction: discord.Interaction[Pause], typed: str) -> list[app_commands.Choice[str]]:
        """Offer time zones."""
        return [app_commands.Choice(name=zone, value=zone) for zone in known_zones(typed)]

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget a gate with its channel."""
        self.pause.webhooks.pop(channel.id, None)
        await self.pause.store.guilds.drop_gate(channel.id)

    async def _close(self, guild: discord.Guild, channel: discord.TextChannel) -> None:
        """Let the bot in, shut everybody else out, and put webhook and panel in place; safe to repeat."""
        # The bot comes first: once @everyone is denied, it could not write either.
        await channel.set_permissions(guild.me, overwrite=_overwrite(_OWN, True), reason="Pause: gate")
        for who, held in channel.overwrites.items():
            if isinstance(who, discord.Object) or who in (guild.me, guild.default_role):
                continue
            if held.pair()[0].value & DENIED.value:
                await channel.set_permissions(who, overwrite=_denied(held), reason="Pause: gate")
        everyone = _denied(channel.overwrites_for(guild.default_role))
        await channel.set_permissions(guild.default_role, overwrite=everyone, reason="Pause: gate")
        hook = await own_webhook(self.pause, channel)
        known = await self.pause.store.guilds.gate(channel.id)
        panel_id = await self._panel(channel, known.panel_message_id if known else None)
        await self.pause.store.guilds.save_gate(Gate(channel.id, guild.id, hook.id, panel_id))

    @staticmethod
    async def _panel(channel: discord.TextChannel, known: int | None) -> int:
        card = _cards.panel()
        if known:
            try:
                edited = await channel.get_partial_message(known).edit(
                    embeds=list(card.embeds), view=card.view(), allowed_mentions=discord.AllowedMentions.none()
                )
            except discord.NotFound:
                pass  # somebody deleted it: a new one follows
            else:
                return edited.id
        return (await channel.send(**card.sending())).id

    async def _schedule(self, guild: discord.Guild, prompt: _Weekly) -> None:
        moment = self.pause.now()
        zone = ZoneInfo(prompt.zone)
        rule = weekly(prompt.weekday, prompt.at, start=moment.astimezone(zone).date())
        due = next_due(rule, zone, after=moment)
        await self.pause.store.schedules.save(
            Schedule(guild.id, Recipient.CHANNEL, prompt.channel.id, rule, prompt.zone, due)
        )
        self.pause.dispatch("schedules_changed")


def _check(guild: discord.Guild, gate: discord.TextChannel, moderators: discord.TextChannel) -> None:
    """Raises: Refused: a permission is missing, or everybody would read the moderators' channel."""
    held = gate.permissions_for(guild.me)
    missing = sorted(name.replace("_", " ") for name, wanted in NEEDED if wanted and not getattr(held, name))
    # In a gate that stands already the bot's own overwrite and the denials of @everyone are expected.
    missing = [name for name in missing if not getattr(guild.me.guild_permissions, name.replace(" ", "_"))]
    if missing:
        raise Refused(
            f"Pause lacks these permissions in this server: {', '.join(missing)}. "
            "Invite it again with the link from `python bot.py invite`, or allow them for its role."
        )
    if gate == moderators:
        raise Refused("The moderators need a channel of their own, not the gate.")
    if moderators.permissions_for(guild.default_role).view_channel:
        raise Refused(
            f"{moderators.mention} can be read by everyone. Make it private to the moderators and Pause first."
        )
    own = moderators.permissions_for(guild.me)
    if not (own.view_channel and own.send_messages and own.embed_links):
        raise Refused(
            f"Pause cannot write in {moderators.mention}. Allow it to view it, send messages and embed links there."
        )


def _overwrite(permissions: discord.Permissions, value: bool | None) -> discord.PermissionOverwrite:
    return discord.PermissionOverwrite(**{name: value for name, wanted in permissions if wanted})


def _denied(held: discord.PermissionOverwrite) -> discord.PermissionOverwrite:
    held.update(**{name: False for name, wanted in DENIED if wanted})
    return held


def _summary(
    gate: discord.TextChannel, moderators: discord.TextChannel, role: discord.Role, prompt: _Weekly | None
) -> str:
    lines = [
        f"{gate.mention} is a gate now: members cannot type there, and Pause posts what it has screened.",
        f"Held drafts go to {moderators.mention}, and {role.mention} decides.",
    ]
    if prompt:
        at = f"{WEEKDAYS[prompt.weekday]}s at {prompt.at:%H:%M} ({prompt.zone})"
        lines.append(f"A prompt comes to {prompt.channel.mention} on {at}.")
    lines.append("The server's owner and administrators can always write there: Discord lets nobody deny them.")
    return "\n".join(lines)


async def setup(pause: Pause) -> None:
    """Add the cog."""
    await pause.add_cog(Gates(pause))

"""Decompression prompts: sent weekly to a channel or a member, or given on the spot."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands, tasks

from cogs import _cards
from cogs._cards import Card
from cogs._replies import Refused, begin, show, tell
from cogs._times import clock_time, known_zone
from data import prompt_library, telemetry
from data.schedule import WEEKDAYS, known_zones, next_due, weekly
from data.store.schedules import Recipient, Schedule

if TYPE_CHECKING:
    from cogs._bot import Pause

log = telemetry.logger(__name__)

# Longer than a send with all of discord.py's own retries; a second process waits at least as long.
_LEASE = timedelta(seconds=120)
_AT_ONCE = 50
# A new schedule wakes the loop; this is for those that another process made.
_LONGEST_SLEEP = timedelta(hours=6)
_SHORTEST_SLEEP_S = 0.1
_FIRST_BACKOFF = timedelta(minutes=2)
_BROKEN_STORE_S = 60.0

_PAUSED_CHANNEL = (
    "The weekly prompt could not be sent to <#{channel}>: Discord refuses it, or the channel is gone. "
    "It is paused. Run `/setup` again to start it."
)
_PAUSED_MEMBER = (
    "Your weekly prompt could not be sent, because your direct messages are closed to Pause. "
    "It is paused; `/selfcare subscribe` starts it again."
)


class Prompts(commands.Cog):
    """The sender loop, /selfcare and /decompress."""

    selfcare = app_commands.Group(name="selfcare", description="Your own weekly prompt, by direct message")

    def __init__(self, pause: Pause) -> None:
        self.pause = pause
        self.library = prompt_library.load()

    async def cog_load(self) -> None:
        """Take the press that belongs here and start the loop."""
        self.pause.on_press("another", self.another)
        self.sender.start()

    async def cog_unload(self) -> None:
        """Stop the loop."""
        self.sender.cancel()

    @selfcare.command()
    @app_commands.rename(at="time", zone="time_zone")
    @app_commands.describe(day="The day of the week", at="Your local time, such as 17:30", zone="Your time zone")
    @app_commands.choices(day=[app_commands.Choice(name=name, value=n) for n, name in enumerate(WEEKDAYS)])
    async def subscribe(self, interaction: discord.Interaction[Pause], day: int, at: str, zone: str) -> None:
        """Receive a short decompression prompt every week, by direct message."""
        await begin(interaction)
        local, moment = clock_time(at), self.pause.now()
        zone = known_zone(zone)
        where = ZoneInfo(zone)
        rule = weekly(day, local, start=moment.astimezone(where).date())
        due = next_due(rule, where, after=moment)
        await self.pause.store.schedules.save(Schedule(0, Recipient.MEMBER, interaction.user.id, rule, zone, due))
        self.pause.dispatch("schedules_changed")
        stamp = discord.utils.format_dt(due, "F")
        await show(
            interaction,
            Card(
                f"A prompt comes to your direct messages on {WEEKDAYS[day]}s at {local:%H:%M} ({zone}), first {stamp}."
            ),
        )

    @subscribe.autocomplete("zone")
    async def zones(self, _interaction: discord.Interaction[Pause], typed: str) -> list[app_commands.Choice[str]]:
        """Offer time zones."""
        return [app_commands.Choice(name=zone, value=zone) for zone in known_zones(typed)]

    @selfcare.command()
    async def stop(self, interaction: discord.Interaction[Pause]) -> None:
        """Stop your weekly prompt."""
        await begin(interaction)
        there_was = await self.pause.store.schedules.cancel(0, Recipient.MEMBER, interaction.user.id)
        await show(interaction, Card("Stopped." if there_was else "You had no weekly prompt."))

    @app_commands.command()
    async def decompress(self, interaction: discord.Interaction[Pause]) -> None:
        """Get a short decompression prompt now; only you see it."""
        await begin(interaction)
        await self._give(interaction)

    async def another(self, interaction: discord.Interaction[Pause], _key: str) -> None:
        """The button below a prompt that was asked for."""
        await begin(interaction)
        await self._give(interaction)

    @commands.Cog.listener()
    async def on_schedules_changed(self) -> None:
        """Sleep no longer than until the new schedule is due."""
        await self._set_alarm()

    @tasks.loop(hours=1)
    async def sender(self) -> None:
        """Send what is due, then sleep until the next; nothing that fails here ends the loop."""
        try:
            while due := await self.pause.store.schedules.claim(self.pause.now(), lease=_LEASE, limit=_AT_ONCE):
                for schedule in due:
                    await self._send(schedule)
            await self._set_alarm()
        except Exception as fault:
            log.error("prompts.failed", exc_info=fault)
            self.sender.change_interval(seconds=_BROKEN_STORE_S)

    @sender.before_loop
    async def _until_ready(self) -> None:
        await self.pause.wait_until_ready()

    async def _set_alarm(self) -> None:
        due = await self.pause.store.schedules.next_due_at()
        wait = min(due - self.pause.now(), _LONGEST_SLEEP) if due else _LONGEST_SLEEP
        self.sender.change_interval(seconds=max(wait.total_seconds(), _SHORTEST_SLEEP_S))

    async def _give(self, interaction: discord.Interaction[Pause]) -> None:
        chosen = await self.pause.store.schedules.draw_for(interaction.user.id, tuple(self.library), self.pause.chance)
        another = _cards.Button("Another one", "another")
        await show(interaction, Card(None, (_cards.prompt(self.library[chosen]),), (another,)))

    async def _send(self, schedule: Schedule) -> None:
        """Send one prompt and settle its row, whatever Discord says."""
        moment = self.pause.now()
        late = moment - schedule.due_at > timedelta(seconds=schedule.grace_s)
        try:
            if not late:
                await self._deliver(schedule)
            await self._next(schedule, moment)
        except (discord.Forbidden, discord.NotFound) as fault:
            log.warning("prompt.paused", schedule=schedule.id, exc_info=fault)
            await self._pause(schedule)
        except Exception as fault:
            log.warning("prompt.retried", schedule=schedule.id, attempt=schedule.attempt, exc_info=fault)
            await self.pause.store.schedules.retry(schedule, moment + _FIRST_BACKOFF * 2**schedule.attempt)

    async def _deliver(self, schedule: Schedule) -> None:
        target = await self._target(schedule)
        earlier = schedule.prompt_id
        chosen = await self.pause.store.schedules.choose(schedule, tuple(self.library), self.pause.chance)
        embed = _cards.prompt(self.library[chosen])
        if earlier and await _is_there(target, embed, schedule.due_at):
            return
        # Discord drops a second message with the same nonce for some minutes, longer than the lease.
        await target.send(embed=embed, nonce=f"{schedule.id}.{int(schedule.due_at.timestamp())}")
        log.info("prompt.sent", schedule=schedule.id, prompt=chosen)

    async def _target(self, schedule: Schedule) -> discord.abc.Messageable:
        if schedule.kind is Recipient.MEMBER:
            return self.pause.get_user(schedule.target_id) or await self.pause.fetch_user(schedule.target_id)
        channel = self.pause.get_channel(schedule.target_id) or await self.pause.fetch_channel(schedule.target_id)
        if not isinstance(channel, discord.abc.Messageable):
            raise Refused("a prompt's channel takes no messages")
        return channel

    async def _next(self, schedule: Schedule, moment: datetime) -> None:
        zone = ZoneInfo(schedule.zone)
        due = next_due(schedule.rule, zone, after=max(schedule.due_at, moment))
        await self.pause.store.schedules.done(schedule, due)

    async def _pause(self, schedule: Schedule) -> None:
        """Stop a schedule that Discord refuses, and tell those who can do something about it."""
        await self.pause.store.schedules.pause(schedule, "refused")
        if schedule.kind is Recipient.MEMBER:
            return await tell(self.pause, schedule.target_id, Card(_PAUSED_MEMBER))
        settings = await self.pause.store.guilds.get(schedule.guild_id)
        channel = self.pause.get_channel(settings.moderators_channel_id) if settings else None
        if isinstance(channel, discord.TextChannel):
            try:
                await channel.send(_PAUSED_CHANNEL.format(channel=schedule.target_id))
            except discord.HTTPException as fault:
                log.warning("prompt.nobody_told", schedule=schedule.id, exc_info=fault)


async def _is_there(target: discord.abc.Messageable, embed: discord.Embed, since: datetime) -> bool:
    """Say whether an earlier attempt got through after all."""
    async for message in target.history(after=since - timedelta(minutes=1), limit=100):
        if any(shown.description == embed.description for shown in message.embeds):
            return True
    return False


async def setup(pause: Pause) -> None:
    """Add the cog."""
    await pause.add_cog(Prompts(pause))

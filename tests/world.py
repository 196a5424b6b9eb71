"""A server with a gate-to-be, its people, and what they can do, said in their words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
import simcord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor
from simcord.backend import serializers
from simcord.interactions import base_payload

from cogs import Pause

CLEAN = "Long day. I held it together until the car park and then I cried."
HELD = "Sarah no-showed again and I am so tired of chasing her."
CAUTION = "My client is a 34 year old and I dread our next hour together."


@dataclass
class World:
    env: Env
    guild: GuildHandle
    gate: ChannelHandle
    moderators: ChannelHandle
    lounge: ChannelHandle
    amara: MemberActor
    jo: MemberActor
    mo: MemberActor
    ann: MemberActor
    role: simcord.RoleHandle
    new_bot: Callable[[], Awaitable[Pause]]

    @classmethod
    def build(cls, env: Env, new_bot: Callable[[], Awaitable[Pause]]) -> World:
        guild = env.create_guild("Peer support")
        role = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        private = {
            guild.default_role: discord.PermissionOverwrite(view_channel=False),
            role: discord.PermissionOverwrite(view_channel=True),
            guild.roles[env.bot.user.name]: discord.PermissionOverwrite(view_channel=True),
        }
        people = {name: env.create_user(name.lower(), global_name=name) for name in ("Dr Amara", "Jo", "Mo", "Ann")}
        return cls(
            env=env,
            guild=guild,
            gate=guild.create_text_channel("vent"),
            moderators=guild.create_text_channel("moderators", overwrites=private),
            lounge=guild.create_text_channel("lounge"),
            amara=guild.add_member(people["Dr Amara"]),
            jo=guild.add_member(people["Jo"]),
            mo=guild.add_member(people["Mo"], roles=[role]),
            ann=guild.add_member(people["Ann"], roles=[role]),
            role=role,
            new_bot=new_bot,
        )

    @property
    def bot(self) -> Pause:
        assert isinstance(self.env.bot, Pause)
        return self.env.bot

    async def set_up(self, **more: Any) -> InteractionResult:
        options = {"gate": self.gate, "moderators_channel": self.moderators, "moderators_role": self.role, **more}
        return await self.mo.slash(self.lounge, "setup", **options)

    async def restart(self) -> None:
        await self.env.restart_bot(await self.new_bot())

    async def vent(self, who: MemberActor, text: str, **choices: str) -> InteractionResult:
        return await self.fill(who, await who.slash(self.lounge, "vent"), text, **choices)

    async def fill(self, who: MemberActor, shown: InteractionResult, text: str, **choices: str) -> InteractionResult:
        assert shown.modal is not None, said(shown)
        preset = {name: [value] for name, value in {**preselected(shown.modal), **choices}.items()}
        return await who.submit_modal(shown, {"text": text, **preset})

    def posts(self) -> list[discord.Message]:
        """What stands in the gate below the panel."""
        return [m for m in self.gate.history(viewer=self.jo) if m.webhook_id]

    def cards(self) -> list[discord.Message]:
        """What stands in the moderators' channel."""
        return [m for m in self.moderators.history() if not m.flags.ephemeral]

    def direct(self, who: MemberActor) -> list[discord.Message]:
        """What stands in a member's direct messages with the bot."""
        return self.user(who).dm_channel.history()

    def letters(self, who: MemberActor) -> list[str]:
        """The words of those messages."""
        return [words(message) for message in self.direct(who)]

    def user(self, who: MemberActor) -> simcord.UserHandle:
        """The same person, outside the server."""
        return who.user

    async def at_once(self, presses: list[tuple[MemberActor, str]]) -> list[InteractionResult]:
        """Press the review card's buttons at the same instant, whoever may see them."""
        backend = self.env.backend
        (card,) = self.cards()
        stored = backend.get_message(self.moderators.id, card.id)
        buttons = [child["custom_id"] for row in stored.components for child in row["components"]]
        records = []
        for who, act in presses:
            data = {"custom_id": next(b for b in buttons if f":{act}:" in b), "component_type": 2}
            record, payload = base_payload(
                backend, type=3, channel_id=self.moderators.id, guild_id=self.guild.id, user_id=who.id, data=data
            )
            record.source_message_id = stored.id
            payload["message"] = dict(serializers.message_payload(backend, stored))
            backend.emit("INTERACTION_CREATE", payload)
            records.append(record)
        await self.env.settle()
        return [InteractionResult(self.env, record) for record in records]


def preselected(form: dict[str, Any]) -> dict[str, str]:
    """The choices that a form comes with."""
    selects = [row["component"] for row in form["components"] if row.get("component", {}).get("options")]
    return {s["custom_id"]: next(o["value"] for o in s["options"] if o.get("default")) for s in selects}


def said(result: InteractionResult) -> str:
    """All words of an answer: sentence, embeds, follow-ups."""
    shown = [m for m in (result.response, *result.followups) if m is not None]
    return "\n".join(words(m) for m in shown)


def words(message: Any) -> str:
    embeds = [
        "\n".join(filter(None, (e.title, e.description, *(f.value for f in e.fields), e.footer.text)))
        for e in message.embeds
    ]
    return "\n".join([message.content or "", *embeds])


def labels(message: Any) -> list[str]:
    """The buttons below a message."""
    rows = message.components
    raw = [row.to_dict() if hasattr(row, "to_dict") else row for row in rows]
    return [child.get("label", "") for row in raw for child in row.get("components", ())]

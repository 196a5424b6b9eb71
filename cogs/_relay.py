"""Posting a screened draft through the gate's webhook, under the author's name or an alias.

RelayFailed
├── GateGone     the channel is gone or is no gate any more
├── Refused      Discord refuses: a permission is missing
├── Unreachable  Discord did not answer; the post is not there
└── Uncertain    Discord did not answer, not even to the question whether the post is there
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from cogs._cards import NEEDS, Button, Card
from data.store.drafts import Draft
from data.store.posts import Post

if TYPE_CHECKING:
    from cogs._bot import Pause

WEBHOOK_NAME = "Pause"
ALIASES = (
    "Amber Heron",
    "Birch Wren",
    "Cedar Fox",
    "Copper Finch",
    "Dune Hare",
    "Elm Otter",
    "Fern Robin",
    "Flint Badger",
    "Harbour Seal",
    "Hazel Owl",
    "Indigo Moth",
    "Ivy Sparrow",
    "Juniper Deer",
    "Lichen Newt",
    "Marsh Plover",
    "Meadow Lark",
    "Moss Turtle",
    "Nettle Shrew",
    "Oak Jay",
    "Pebble Crab",
    "Pine Marten",
    "River Swan",
    "Sage Lynx",
    "Sorrel Mare",
    "Thistle Goat",
    "Willow Crane",
)
# Discord refuses these in a webhook's name: https://discord.com/developers/docs/resources/webhook#create-webhook
_REFUSED_WORDS = re.compile(r"(?<=d)(?=iscord)|(?<=c)(?=lyde)", re.IGNORECASE)
_REFUSED_NAMES = frozenset({"everyone", "here"})
_HAIR_SPACE = "\u200a"
# A post of ours is looked for among this many of the channel's latest messages.
_LOOK_BACK = 100


class RelayFailed(Exception):
    """The draft was not posted; the message says why, without its text."""


class GateGone(RelayFailed):
    """The channel is gone, or it is no gate."""


class Refused(RelayFailed):
    """Discord refuses the post."""


class Unreachable(RelayFailed):
    """Discord did not answer, and the post is not in the channel."""


class Uncertain(RelayFailed):
    """Discord did not answer, and whether the post is there cannot be seen; the next start finds out."""


async def post(pause: Pause, draft: Draft) -> Post:
    """Post ``draft.outgoing`` and return what is known of the post. Raises: RelayFailed, StoreError."""
    channel = await _gate(pause, draft.gate_id)
    parent = await pause.store.posts.get(draft.reply_to) if draft.reply_to else None
    shell = await _post_of(pause, draft, parent)
    try:
        message_id = await _send(pause, channel, draft, shell.alias, Card(draft.outgoing, (), _buttons(draft, parent)))
    except discord.NotFound:
        raise GateGone("the channel is gone") from None
    except discord.Forbidden:
        raise Refused("Discord refuses the post") from None
    except (discord.HTTPException, OSError):
        message_id = await _found_after_all(channel, draft.post_key)
    return replace(shell, message_id=message_id)


async def find(channel: discord.TextChannel, post_key: str) -> int | None:
    """Return the id of the message that carries this post's Reply button, if it is there. Webhooks have no nonce.

    Raises: discord.HTTPException: the channel's history cannot be read.
    """
    wanted = f"pause:reply:{post_key}"
    async for message in channel.history(limit=_LOOK_BACK):
        rows = (row for row in message.components if isinstance(row, discord.ActionRow))
        if any(getattr(child, "custom_id", None) == wanted for row in rows for child in row.children):
            return message.id
    return None


async def find_post(pause: Pause, draft: Draft) -> Post | None:
    """Return the post of a draft whose relay was interrupted, if it reached the channel.

    Raises: discord.HTTPException: the channel's history cannot be read.
    """
    try:
        channel = await _gate(pause, draft.gate_id)
    except GateGone:
        return None
    message_id = await find(channel, draft.post_key)
    if message_id is None:
        return None
    parent = await pause.store.posts.get(draft.reply_to) if draft.reply_to else None
    return replace(await _post_of(pause, draft, parent), message_id=message_id)


async def own_webhook(pause: Pause, channel: discord.TextChannel) -> discord.Webhook:
    """Return the bot's webhook in a channel, made if there is none. Raises: discord.HTTPException."""
    if channel.id not in pause.webhooks:
        mine = [hook for hook in await channel.webhooks() if hook.user == pause.user and hook.token]
        pause.webhooks[channel.id] = mine[0] if mine else await channel.create_webhook(name=WEBHOOK_NAME)
    return pause.webhooks[channel.id]


def shown_name(name: str) -> str:
    """Return a member's name as Discord accepts it for a webhook: 1 to 80 characters, without its reserved words."""
    parted = _REFUSED_WORDS.sub(_HAIR_SPACE, name.strip())
    if parted.lower() in _REFUSED_NAMES:
        parted = parted[0] + _HAIR_SPACE + parted[1:]
    return parted[:80] or "A colleague"


async def _gate(pause: Pause, channel_id: int) -> discord.TextChannel:
    gate = await pause.store.guilds.gate(channel_id)
    channel = pause.get_channel(channel_id)
    if gate is None or not isinstance(channel, discord.TextChannel):
        raise GateGone("there is no gate")
    return channel


async def _post_of(pause: Pause, draft: Draft, parent: Post | None) -> Post:
    """Return what will be kept of the draft's post, without its message yet."""
    root = parent.root_key if parent else draft.post_key
    alias = await pause.store.posts.alias_for(root, draft.author_id, ALIASES) if draft.as_alias else None
    tag = pause.store.posts.author_tag(root, draft.author_id)
    return Post(draft.post_key, draft.guild_id, draft.gate_id, 0, root, tag, alias)


async def _found_after_all(channel: discord.TextChannel, post_key: str) -> int:
    """Return the message's id if a send that failed got through. Raises: Unreachable, Uncertain."""
    try:
        message_id = await find(channel, post_key)
    except (discord.HTTPException, OSError):
        raise Uncertain("Discord does not answer") from None
    if message_id is None:
        raise Unreachable("Discord did not answer")
    return message_id


async def _send(pause: Pause, channel: discord.TextChannel, draft: Draft, alias: str | None, card: Card) -> int:
    avatar = discord.utils.MISSING if alias else draft.avatar_url
    sending = {**card.sending(), "username": alias or shown_name(draft.author_name), "avatar_url": avatar}
    try:
        hook = await own_webhook(pause, channel)
        sent = await hook.send(**sending, wait=True)
    except discord.NotFound:
        # Somebody deleted the webhook: make another, once.
        pause.webhooks.pop(channel.id, None)
        hook = await own_webhook(pause, channel)
        sent = await hook.send(**sending, wait=True)
    return sent.id


def _buttons(draft: Draft, parent: Post | None) -> tuple[Button, ...]:
    row = [Button("Reply", "reply", draft.post_key, discord.ButtonStyle.primary)]
    if parent:
        link = f"https://discord.com/channels/{parent.guild_id}/{parent.channel_id}/{parent.message_id}"
        row.append(Button("↪ What this answers", url=link))
    row.append(Button(NEEDS.get(draft.need, NEEDS["listening"]), "need", disabled=True))
    return tuple(row)

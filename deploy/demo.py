"""The real bot on a simulated server, as a page in the browser: no account, no token, no network.

SimCord's preview shows one channel and knows one at a time; this opens one for each channel, frames
them in a page of its own (``demo.html``), keeps all of them fresh, and lets time pass.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import discord
import simcord
from aiohttp import web
from discord.ext import commands
from simcord.backend.errors import SetupError
from simcord.preview._server import PreviewServer

from deploy import simulator

_PAGE = Path(__file__).with_name("demo.html")
# What a developer of bots needs and a visitor does not.
_HIDDEN = """
#capture-open, #inspector-toggle, #refresh, #messages-toggle, .session-menu, .preview-brand, .messages-sidebar
{ display: none !important }
"""
_REFRESH_S = 0.4
_HOUR_S = 3600
# SimCord does one thing at a time and refuses a second: visitors' actions and our refreshing take turns.
_turn = asyncio.Lock()
# How long the transcript was after the latest action in a preview.
_acted: WeakKeyDictionary[simcord.Preview, int] = WeakKeyDictionary()


class PortTaken(Exception):
    """One of the ports that the demo needs is in use."""


@dataclass(frozen=True, slots=True)
class Room:
    """A channel or somebody's direct messages, and who can look at it."""

    name: str
    channel: simcord.ChannelHandle
    viewers: Sequence[simcord.MemberActor | simcord.UserHandle]


async def run(make_bot: Callable[[], Awaitable[commands.Bot]], *, port: int) -> None:
    """Serve the demo on http://127.0.0.1:``port`` and the next five ports until Ctrl-C. Raises: PortTaken."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with served(make_bot, port=port) as url:
        print(f"Open {url} in your browser. Ctrl-C ends the demo.", flush=True)  # noqa: T201 - the one line it says
        await stop.wait()


@asynccontextmanager
async def served(make_bot: Callable[[], Awaitable[commands.Bot]], *, port: int) -> AsyncIterator[str]:
    """Run bot, server and page; give the page's address. Raises: PortTaken."""
    simulator.apply()
    origin = f"http://127.0.0.1:{port}"
    _allow_frames(origin)
    _change_previews()
    bot = await make_bot()
    world = simcord.run(bot, settle_timeout=30.0, check_errors=False)
    world._env.backend.bot_user.name = "Pause"
    try:
        async with world as env:
            demo = _Demo(env, await _rooms(env))
            try:
                await demo.open(port)
                yield origin
            finally:
                await demo.close()
    finally:
        await bot.close()


class _Demo:
    """One preview a room, and the page around them."""

    def __init__(self, env: simcord.Env, rooms: Sequence[Room]) -> None:
        self._env = env
        self._rooms = rooms
        self._previews: dict[str, simcord.Preview] = {}
        self._runner = web.AppRunner(self._app(), access_log=None)
        self._follower: asyncio.Task[None] | None = None

    async def open(self, port: int) -> None:
        """Start everything. Raises: PortTaken."""
        try:
            for number, room in enumerate(self._rooms, port + 1):
                preview = self._env.preview(room.channel, viewers=room.viewers, layout="channel", port=number)
                await preview.__aenter__()
                self._env._preview = None  # one at a time, says SimCord; nothing else forbids more
                self._previews[room.name] = preview
            await self._runner.setup()
            await web.TCPSite(self._runner, "127.0.0.1", port).start()
        except (OSError, SetupError) as fault:
            raise PortTaken(f"port {port} or one of the next {len(self._rooms)} is in use") from fault
        self._follower = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """End the page and the previews."""
        if self._follower:
            self._follower.cancel()
        await self._runner.cleanup()
        for preview in self._previews.values():
            await preview.close()

    async def _follow(self) -> None:
        """Show in every room what happened in another."""
        seen = -1
        while True:
            await asyncio.sleep(_REFRESH_S)
            if len(self._env.backend.transcript) == seen:
                continue
            with suppress(SetupError, TimeoutError):  # somebody is acting just now: the next round shows it
                async with _turn:
                    for preview in self._previews.values():
                        # Where somebody just acted is fresh; publishing it again would outdate their open form.
                        if _acted.get(preview) != len(self._env.backend.transcript):
                            await preview.refresh()
                    seen = len(self._env.backend.transcript)

    def _app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/", self._index), web.post("/advance", self._advance)])
        return app

    async def _index(self, _request: web.Request) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        rooms = json.dumps({name: preview.url for name, preview in self._previews.items()})
        page = _PAGE.read_text(encoding="utf-8").replace("{nonce}", nonce).replace("{rooms}", rooms)
        frames = " ".join(f"{preview._origin}" for preview in self._previews.values())
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            f"frame-src {frames}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def _advance(self, request: web.Request) -> web.Response:
        """Let up to a week pass, when nobody is acting."""
        hours = min(max(int(await request.text()), 1), 7 * 24)
        for _ in range(20):
            try:
                await self._env.advance_time(hours * _HOUR_S)
                break
            except SetupError:
                await asyncio.sleep(0.2)
        return web.Response(text=f"It is now {self._env.now():%A, %d %B, %H:%M} (UTC).")


async def _rooms(env: simcord.Env) -> tuple[Room, ...]:
    """Build the server: two clinicians, a moderator, three channels; the moderator has run /setup already."""
    guild = env.create_guild("Peer support")
    own = guild.roles[env.backend.bot_user.name]
    role = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    see, hide = discord.PermissionOverwrite(view_channel=True), discord.PermissionOverwrite(view_channel=False)
    gate = guild.create_text_channel("vent", topic="Nobody types here: Pause posts what it has screened")
    lounge = guild.create_text_channel("lounge", topic="Everything that needs no screening")
    private: dict[Any, discord.PermissionOverwrite] = {guild.default_role: hide, role: see, own: see}
    moderators = guild.create_text_channel("moderators", topic="Held drafts wait here", overwrites=private)
    amara = guild.add_member(env.create_user("amara", global_name="Dr Amara"))
    jo = guild.add_member(env.create_user("jo", global_name="Jo"))
    mo = guild.add_member(env.create_user("mo", global_name="Mo (moderator)"), roles=[role])
    setup: dict[str, Any] = {"gate": gate, "moderators_channel": moderators, "moderators_role": role}
    setup |= {"prompt_day": 4, "prompt_time": "16:00", "prompt_zone": "UTC", "prompt_channel": lounge, "aliases": True}
    await mo.slash(lounge, "setup", **setup)
    return (
        Room("# vent", gate, (amara, jo, mo)),
        Room("# moderators", moderators, (mo,)),
        Room("# lounge", lounge, (amara, jo, mo)),
        Room("Dr Amara's messages", amara.user.dm_channel, (amara.user,)),
        Room("Jo's messages", jo.user.dm_channel, (jo.user,)),
    )


def _allow_frames(origin: str) -> None:
    """Let our page, and no other, frame the previews."""
    headers = dict(PreviewServer._SECURITY_HEADERS)
    headers.pop("X-Frame-Options", None)
    policy = headers["Content-Security-Policy"].rpartition("frame-ancestors")[0]
    headers["Content-Security-Policy"] = f"{policy}frame-ancestors {origin}"
    PreviewServer._SECURITY_HEADERS = headers


@cache
def _change_previews() -> None:
    """Hide what only developers need, and let actions and refreshing take turns."""
    original, act = PreviewServer._static, PreviewServer._action

    async def action(self: PreviewServer, request: web.Request) -> web.Response:
        async with _turn:
            answer: web.Response = await act(self, request)
            _acted[self.preview] = len(self.preview.env.backend.transcript)
        return answer

    async def static(self: PreviewServer, request: web.Request) -> web.Response:
        answer: web.Response = await original(self, request)
        if request.path == "/preview.css":
            answer.text = (answer.text or "") + _HIDDEN
        return answer

    PreviewServer._static = static  # type: ignore[method-assign]
    PreviewServer._action = action  # type: ignore[method-assign]

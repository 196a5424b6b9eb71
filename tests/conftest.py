"""The bot on a simulated server, with a real store, a real screening process, and people."""

import asyncio
import io
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
from simcord import Env

from cogs import Pause
from cogs._replies import Refused
from data import telemetry
from data.settings import Settings
from data.store import Store
from data.vault import Vault
from deploy import simulator
from screening import Worker
from tests.faulty import Faulty
from tests.world import World

simulator.apply()
# pytest replaces the standard streams for each test; what is logged is looked at in test_no_text_escapes.
telemetry.configure(stream=io.StringIO())


class SharedWorker(Worker):
    """One process for all tests: a bot that closes leaves it running."""

    async def close(self) -> None:
        pass

    async def end(self) -> None:
        await super().close()


@pytest.fixture(scope="session")
def worker() -> Iterator[SharedWorker]:
    shared = SharedWorker(Faulty, deadline_s=2.0)
    yield shared
    asyncio.run(shared.end())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path)


@pytest.fixture
async def make_bot(settings: Settings, worker: SharedWorker) -> AsyncIterator[Callable[[], Awaitable[Pause]]]:
    """Makes a bot on the same database and keys each time. SimCord ends a bot as suddenly as a power cut."""
    stores: list[Store] = []

    async def make() -> Pause:
        # Keys belong to real weeks; simulated time may stand elsewhere.
        vault = Vault.open(settings.keys_dir, lambda: datetime.now(UTC))
        stores.append(await Store.open(settings.store_url, vault, discord.utils.utcnow))
        return Pause(settings, stores[-1], worker, chance=random.Random(1))

    yield make
    for store in stores:
        await store.close()


@pytest.fixture
async def simcord_bot(make_bot: Callable[[], Awaitable[Pause]]) -> Pause:
    return await make_bot()


@pytest.fixture
def world(simcord_env: Env, make_bot: Callable[[], Awaitable[Pause]]) -> Iterator[World]:
    yield World.build(simcord_env, make_bot)
    # SimCord records what commands raise, answered or not; a refusal is an answer.
    assert not [error for error in simcord_env.errors if not isinstance(getattr(error, "original", None), Refused)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.simcord(settle_timeout=20.0))

"""The engine and its pragmas, one transaction helper, and the migrations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from data.store.errors import StoreUnavailable

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
# secure_delete overwrites what is deleted; the busy timeout (ms) lets a second process wait its turn.
_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON", "synchronous=FULL")


class Database:
    """Transactions on one SQLAlchemy engine; statements never show their parameters."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @classmethod
    async def open(cls, url: str) -> Database:
        """Connect and bring the schema up to date. Raises: StoreUnavailable: that cannot be done."""
        engine = create_async_engine(url, hide_parameters=True)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine.sync_engine, "connect", _set_pragmas)
        database = cls(engine)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(migrate)
        except (SQLAlchemyError, OSError) as fault:
            await engine.dispose()
            raise StoreUnavailable(f"the database cannot be opened ({type(fault).__name__})") from None
        return database

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction. Raises: StoreUnavailable: the database does not answer."""
        try:
            async with self.engine.begin() as connection:
                yield connection
        except (DBAPIError, OSError) as fault:
            raise StoreUnavailable(f"the database failed ({type(fault).__name__})") from None

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migrate(connection: sa.Connection, *, to: str = "head") -> None:
    """Apply every migration that is missing, up to the revision ``to``, on an open connection."""
    from alembic import command  # noqa: PLC0415 - half a second of imports that only the start needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)

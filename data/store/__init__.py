"""The store: what Pause must remember between two moments, and not a word more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from data.store._engine import Database
from data.store.audit import Audit
from data.store.drafts import Drafts
from data.store.guilds import Guilds
from data.store.notices import Notices
from data.store.posts import Posts
from data.store.reviews import Reviews
from data.store.schedules import Schedules
from data.store.terms import Terms
from data.store.upkeep import Upkeep
from data.vault import Vault


class Store:
    """All parts of the store on one database. Time comes from ``now``, which gives aware datetimes."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        self._database = database
        self.guilds = Guilds(database)
        self.drafts = Drafts(database, vault, now)
        self.posts = Posts(database, vault)
        self.reviews = Reviews(database, self.drafts, now)
        self.schedules = Schedules(database, vault)
        self.notices = Notices(database, vault, now)
        self.terms = Terms(database, now)
        self.audit = Audit(database)
        self.upkeep = Upkeep(database, vault)

    @classmethod
    async def open(cls, url: str, vault: Vault, now: Callable[[], datetime]) -> Store:
        """Open the database at ``url`` (a SQLAlchemy URL) and apply what migrations are missing.

        Raises: StoreUnavailable: the database cannot be opened.
        """
        return cls(await Database.open(url), vault, now)

    async def close(self) -> None:
        """Close the database."""
        await self._database.close()

"""A database of any earlier revision is brought up to date with everything that is in it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data.store import Store, tables
from data.store._engine import migrate
from data.store.audit import AuditRow
from data.store.guilds import Gate, GuildSettings
from data.vault import Vault

MOMENT = datetime(2026, 11, 1, 9, tzinfo=UTC)
# A row for each table that stood in the revision, as that revision wrote it.
FIRST: dict[str, dict[str, Any]] = {
    "guilds": {"guild_id": 1, "moderators_channel_id": 2, "moderators_role_id": 3, "aliases_allowed": True},
    "gates": {"channel_id": 4, "guild_id": 1, "webhook_id": 5, "panel_message_id": 6},
    "drafts": {
        "key": "d", "post_key": "p", "guild_id": 1, "gate_id": 4, "state": "in_review", "sealed": b"sealed",
        "created_at": "2026-11-01 09:00:00.000000", "expires_at": "2026-11-04 09:00:00.000000",
    },
    "posts": {
        "key": "o", "guild_id": 1, "channel_id": 4, "message_id": 7, "root_key": "o", "author_tag": "t", "alias": None,
    },
    "reviews": {"key": "r", "draft_key": "d", "guild_id": 1, "opened_at": "2026-11-01 09:00:00.000000"},
    "schedules": {
        "id": 1, "guild_id": 1, "kind": "channel", "target_tag": "t", "target_sealed": b"sealed", "rule": "RRULE:",
        "zone": "UTC", "due_at": "2026-11-06 17:30:00.000000", "grace_s": 60, "attempt": 0,
    },
    "decks": {"recipient": "member:t", "remaining": '["a"]', "last": None},
    "notices": {"key": "n", "member_tag": "t", "sealed": b"sealed", "expires_at": "2026-12-01 09:00:00.000000"},
    "audit": {
        "id": 1, "at": "2026-11-01 09:00:00.000000", "guild_id": 1, "actor_id": 8, "action": "gate.set_up",
        "subject": "4", "reason": "",
    },
}  # fmt: skip


def database(folder: Path) -> sa.Engine:
    return sa.create_engine(f"sqlite:///{folder / 'pause.db'}", poolclass=sa.NullPool)


def put(connection: sa.Connection, rows: dict[str, dict[str, Any]]) -> None:
    for table, row in rows.items():
        names = ", ".join(row)
        connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})"), row)


def found(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """The one row of each table, with the columns that the first revision knew."""
    return {
        table: dict(connection.execute(sa.text(f"SELECT {', '.join(row)} FROM {table}")).mappings().one())
        for table, row in FIRST.items()
    }


async def opened(folder: Path) -> Store:
    vault = Vault.open(folder / "keys", lambda: MOMENT)
    return await Store.open(f"sqlite+aiosqlite:///{folder / 'pause.db'}", vault, lambda: MOMENT)


async def test_a_database_of_the_first_revision_keeps_its_rows_and_learns_terms(tmp_path: Path) -> None:
    with database(tmp_path).begin() as connection:
        migrate(connection, to="0001")
        assert set(sa.inspect(connection).get_table_names()) == {*FIRST, "alembic_version"}
        put(connection, FIRST)
    store = await opened(tmp_path)
    assert await store.terms.allow(1, "Larkfield House", "ORG", by=8)
    assert [one.term for one in await store.terms.of(1)] == ["larkfield house"]
    assert await store.guilds.get(1) == GuildSettings(1, 2, 3, aliases_allowed=True)
    assert await store.guilds.gates() == (Gate(4, 1, 5, 6),)
    assert (await store.audit.rows(1))[-1] == AuditRow(MOMENT, 1, 8, "gate.set_up", "4")
    await store.close()
    with database(tmp_path).begin() as connection:
        connection.execute(sa.text("DELETE FROM audit WHERE id > 1"))
        assert found(connection) == FIRST


async def test_opening_a_database_that_is_up_to_date_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        store = await opened(tmp_path)
        await store.terms.allow(1, "Larkfield House", by=8)
        await store.close()
    store = await opened(tmp_path)
    assert len(await store.terms.of(1)) == 1
    await store.close()


def test_the_migrations_make_the_tables_that_the_store_uses(tmp_path: Path) -> None:
    with database(tmp_path).begin() as connection:
        migrate(connection)
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []

"""Every table. Whoever wrote a draft or subscribed stands here only sealed or as a pseudonym."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Aware datetimes in UTC, on SQLite too, which keeps no zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the zone that SQLite dropped."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

guilds = sa.Table(
    "guilds",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("moderators_channel_id", sa.BigInteger, nullable=False),
    sa.Column("moderators_role_id", sa.BigInteger, nullable=False),
    sa.Column("aliases_allowed", sa.Boolean, nullable=False),
)

gates = sa.Table(
    "gates",
    metadata,
    sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("webhook_id", sa.BigInteger, nullable=False),
    sa.Column("panel_message_id", sa.BigInteger, nullable=False),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("post_key", sa.String(32), nullable=False, unique=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("gate_id", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False, unique=True),
    sa.Column("root_key", sa.String(32), nullable=False, index=True),
    sa.Column("author_tag", sa.String(32), nullable=False),
    sa.Column("alias", sa.String(80)),
)

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("draft_key", sa.ForeignKey("drafts.key"), nullable=False, index=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("card_channel_id", sa.BigInteger),
    sa.Column("card_message_id", sa.BigInteger),
    sa.Column("decision", sa.String(24)),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", UtcDateTime),
)

schedules = sa.Table(
    "schedules",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("target_tag", sa.String(32), nullable=False),
    sa.Column("target_sealed", sa.LargeBinary, nullable=False),
    sa.Column("rule", sa.String(200), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False, index=True),
    sa.Column("grace_s", sa.Integer, nullable=False),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("prompt_id", sa.String(64)),
    sa.Column("paused_reason", sa.String(24)),
    sa.UniqueConstraint("guild_id", "kind", "target_tag"),
)

decks = sa.Table(
    "decks",
    metadata,
    sa.Column("recipient", sa.String(48), primary_key=True),
    sa.Column("remaining", sa.JSON, nullable=False),
    sa.Column("last", sa.String(64)),
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("member_tag", sa.String(32), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

allowed_terms = sa.Table(
    "allowed_terms",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    # Three times as long as what is typed: so much can the folding of case add.
    sa.Column("term", sa.String(240), nullable=False),
    sa.Column("label", sa.String(16)),
    sa.Column("added_by", sa.BigInteger, nullable=False),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("guild_id", "term", "label"),
)
# The constraint above lets NULL stand beside NULL.
sa.Index(
    "uq_allowed_terms_every_label",
    allowed_terms.c.guild_id,
    allowed_terms.c.term,
    unique=True,
    sqlite_where=allowed_terms.c.label.is_(None),
    postgresql_where=allowed_terms.c.label.is_(None),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("actor_id", sa.BigInteger),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("subject", sa.String(32), nullable=False),
    sa.Column("reason", sa.String(32), nullable=False),
)

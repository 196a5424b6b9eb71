"""Terms that a server's moderators allow."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing that is there changes."""
    op.create_table(
        "allowed_terms",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("term", sa.String(length=240), nullable=False),
        sa.Column("label", sa.String(length=16), nullable=True),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_allowed_terms")),
        sa.UniqueConstraint("guild_id", "term", "label", name=op.f("uq_allowed_terms_guild_id")),
    )
    op.create_index(
        "uq_allowed_terms_every_label",
        "allowed_terms",
        ["guild_id", "term"],
        unique=True,
        sqlite_where=sa.text("label IS NULL"),
        postgresql_where=sa.text("label IS NULL"),
    )

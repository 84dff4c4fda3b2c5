"""more_orders_of_lists"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("position_en", "position_ar", "level", "emails", "phones"):
        order = sa.text(f"lower({column})")
        op.create_index(f"ix_person_{column}", "person", [order, "id"], sqlite_where=sa.text(f"{column} <> ''"))
    for column in ("kind", "channel"):
        op.create_index(f"ix_organisation_{column}", "organisation", [column, "id", "country", "removed_at"])
    op.drop_index("ix_action_point_done", "action_point")
    op.create_index("ix_action_point_status", "action_point", ["network_id", "status", "id", "removed_at"])
    for origin in ("meeting", "decision"):
        key = f"{origin}_id"
        op.drop_index(f"ix_action_point_{key}", "action_point")
        known = sa.text(f"{key} IS NOT NULL")
        op.create_index(f"ix_action_point_of_{origin}", "action_point", [key, "id"], sqlite_where=known)
        op.create_index(f"ix_{origin}_network_id_reference", origin, ["network_id", "reference", "id"])

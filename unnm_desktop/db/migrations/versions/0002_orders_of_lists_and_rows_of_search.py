"""orders_of_lists_and_rows_of_search"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_organisation_short", "organisation")
    op.create_index(
        "ix_organisation_short",
        "organisation",
        [sa.text("coalesce(nullif(acronym, ''), name_en) COLLATE NOCASE"), "id", "kind", "removed_at"],
    )
    name = sa.text("coalesce(nullif(name_en, ''), name_ar) COLLATE NOCASE")
    op.create_index("ix_organisation_name", "organisation", [name, "id", "kind", "country", "removed_at"])
    op.create_index("ix_person_name", "person", [name, "id", "removed_at", "organisation_id"])
    op.drop_index("ix_appointment_person_id", "appointment")
    op.create_index(
        "ix_appointment_of_person",
        "appointment",
        ["person_id", "removed_at", "membership_id", "role", "start", "end"],
    )
    op.drop_index("ix_membership_organisation_id", "membership")
    op.create_index(
        "ix_membership_seat",
        "membership",
        ["organisation_id", "network_id", "removed_at", "start", "end", "category", "id"],
    )
    op.drop_index("ix_action_responsible_action_id", "action_responsible")
    op.create_index(
        "ix_action_responsible_of_action", "action_responsible", ["action_id", "removed_at", "organisation_id"]
    )
    op.drop_index("ix_action_point_network_id_due", "action_point")
    op.create_index(
        "ix_action_point_network_id_due",
        "action_point",
        ["network_id", "due", "id", "removed_at", "status", "given_on"],
    )
    # Filled anew when all migrations are done: it is derived from the records.
    op.execute("DROP TABLE search_index")
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "record_id UNINDEXED, entity UNINDEXED, network_id UNINDEXED, title UNINDEXED, folded, tokenize='trigram')"
    )

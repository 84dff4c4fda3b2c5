"""day_an_objection_ended"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('position', sa.Column('objected_until', sa.Date(), nullable=True))

"""merges_and_conflicts"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('conflict',
    sa.Column('row_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('heads', sa.JSON(), nullable=False),
    sa.Column('opened_by', sa.Uuid(native_uuid=False), nullable=True),
    sa.PrimaryKeyConstraint('row_id', 'field', 'kind', name=op.f('pk_conflict')),
    sqlite_with_rowid=False
    )
    op.create_table('merge',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('package_id', sa.Text(), nullable=False),
    sa.Column('from_device', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('at_utc', sa.DateTime(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('backup_path', sa.Text(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('brought', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merge'))
    )
    op.create_index('ix_change_far_reaching', 'change', ['op', 'row_id'], unique=False, sqlite_where=sa.text("op IN ('erase', 'same_as')"))
    op.add_column('changeset', sa.Column('seen', sa.JSON(), nullable=True))
    op.add_column('changeset', sa.Column('size', sa.Integer(), nullable=True))
    op.add_column('changeset', sa.Column('retracted', sa.Boolean(), server_default=sa.text('0'), nullable=False))
    # Its key grows by the change: a field in conflict has several heads.
    op.create_table('head_of_several',
    sa.Column('row_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('device', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Boolean(), server_default=sa.text('1'), nullable=False),
    sa.PrimaryKeyConstraint('row_id', 'field', 'device', 'seq', name=op.f('pk_head')),
    sqlite_with_rowid=False
    )
    op.execute("INSERT INTO head_of_several (row_id, field, device, seq) SELECT row_id, field, device, seq FROM head")
    op.drop_table('head')
    op.rename_table('head_of_several', 'head')

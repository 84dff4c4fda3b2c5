"""records_of_the_first_release"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attachment',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('record_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    op.create_index('ix_attachment_record_id', 'attachment', ['record_id'], unique=False)
    op.create_table('change',
    sa.Column('device', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('row_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('op', sa.String(length=10), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('parents', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('device', 'seq', 'n', name=op.f('pk_change'))
    )
    op.create_index(op.f('ix_change_row_id'), 'change', ['row_id'], unique=False)
    op.create_table('changeset',
    sa.Column('device', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at_utc', sa.DateTime(), nullable=False),
    sa.Column('hlc', sa.String(length=40), nullable=False),
    sa.Column('officer', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('undoes_device', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('undoes_seq', sa.Integer(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('app_version', sa.String(length=20), nullable=False),
    sa.Column('schema_rev', sa.Integer(), nullable=False),
    sa.Column('merge_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.PrimaryKeyConstraint('device', 'seq', name=op.f('pk_changeset'))
    )
    op.create_table('device',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('ed25519_pub', sa.String(length=64), nullable=True),
    sa.Column('first_seen', sa.DateTime(), nullable=False),
    sa.Column('trust', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device'))
    )
    op.create_table('draft',
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('record_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('typed', sa.Text(), nullable=False),
    sa.Column('typed_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('entity', 'record_id', 'field', name=op.f('pk_draft'))
    )
    op.create_table('gcm_objective',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('title_ar_checked', sa.Boolean(), nullable=False),
    sa.Column('short_en', sa.Text(), nullable=False),
    sa.Column('round_table', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gcm_objective'))
    )
    op.create_table('gcm_principle',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('paragraph', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('title_ar_checked', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gcm_principle'))
    )
    op.create_table('head',
    sa.Column('row_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('device', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', 'field', name=op.f('pk_head')),
    sqlite_with_rowid=False
    )
    op.create_table('network',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('country', sa.String(length=3), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('short_name', sa.Text(), nullable=False),
    sa.Column('launched', sa.String(length=10), nullable=False),
    sa.Column('time_zone', sa.Text(), nullable=False),
    sa.Column('weekend', sa.JSON(), nullable=False),
    sa.Column('first_weekday', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('alignment', sa.JSON(), nullable=False),
    sa.Column('problem_word', sa.Text(), nullable=False),
    sa.Column('records_from', sa.Date(), nullable=True),
    sa.Column('paper_digits', sa.String(length=4), nullable=False),
    sa.Column('paper_months', sa.Boolean(), nullable=False),
    sa.Column('sample', sa.Boolean(), nullable=False),
    sa.Column('logo_sha256', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_ar_checked', sa.Boolean(), nullable=False),
    sa.Column('acronym', sa.Text(), nullable=False),
    sa.Column('aliases', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('country', sa.String(length=3), nullable=False),
    sa.Column('holds_no_seat', sa.Boolean(), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('mandate', sa.Text(), nullable=False),
    sa.Column('role_note', sa.Text(), nullable=False),
    sa.Column('website', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    op.create_index(op.f('ix_organisation_acronym'), 'organisation', ['acronym'], unique=False)
    op.create_table('saved_view',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('listing', sa.String(length=40), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view'))
    )
    op.create_table('sdg_goal',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('short_en', sa.Text(), nullable=False),
    sa.Column('short_ar', sa.Text(), nullable=False),
    sa.Column('colour', sa.String(length=7), nullable=False),
    sa.Column('targets', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sdg_goal'))
    )
    op.create_table('sdg_target',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('subject_en', sa.Text(), nullable=False),
    sa.Column('direct', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sdg_target'))
    )
    op.create_table('workspace',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_workspace'))
    )
    op.create_table('holiday',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_holiday_network_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday'))
    )
    op.create_index(op.f('ix_holiday_network_id'), 'holiday', ['network_id'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('position_en', sa.Text(), nullable=False),
    sa.Column('position_ar', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('emails', sa.Text(), nullable=False),
    sa.Column('phones', sa.Text(), nullable=False),
    sa.Column('letter_language', sa.String(length=2), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_person_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_index(op.f('ix_person_organisation_id'), 'person', ['organisation_id'], unique=False)
    op.create_table('terms_of_reference',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('approved', sa.String(length=10), nullable=False),
    sa.Column('effective', sa.String(length=10), nullable=False),
    sa.Column('endorsed_by', sa.Text(), nullable=False),
    sa.Column('endorsed_on', sa.String(length=10), nullable=False),
    sa.Column('consulted_on', sa.String(length=10), nullable=False),
    sa.Column('agreed_on', sa.String(length=10), nullable=False),
    sa.Column('agreed_by_decision', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('submitted_on', sa.String(length=10), nullable=False),
    sa.Column('ended', sa.String(length=10), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('source_text', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_terms_of_reference_network_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_of_reference'))
    )
    op.create_index(op.f('ix_terms_of_reference_network_id'), 'terms_of_reference', ['network_id'], unique=False)
    op.create_table('meeting',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts', sa.String(length=5), nullable=False),
    sa.Column('ends', sa.String(length=5), nullable=False),
    sa.Column('place_en', sa.Text(), nullable=False),
    sa.Column('place_ar', sa.Text(), nullable=False),
    sa.Column('online', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('representatives_asked', sa.Boolean(), nullable=False),
    sa.Column('numbers_frozen', sa.Boolean(), nullable=False),
    sa.Column('ready_on', sa.Date(), nullable=True),
    sa.Column('minute_taker_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['minute_taker_id'], ['person.id'], name=op.f('fk_meeting_minute_taker_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_meeting_network_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    op.create_index('ix_meeting_network_id_day', 'meeting', ['network_id', 'day'], unique=False)
    op.create_table('objective',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('tor_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('short_en', sa.Text(), nullable=False),
    sa.Column('short_ar', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('text_ar', sa.Text(), nullable=False),
    sa.Column('asks', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['tor_id'], ['terms_of_reference.id'], name=op.f('fk_objective_tor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objective'))
    )
    op.create_index(op.f('ix_objective_tor_id'), 'objective', ['tor_id'], unique=False)
    op.create_table('theme',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('tor_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('gcm', sa.JSON(), nullable=False),
    sa.Column('retired', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['tor_id'], ['terms_of_reference.id'], name=op.f('fk_theme_tor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme'))
    )
    op.create_index(op.f('ix_theme_tor_id'), 'theme', ['tor_id'], unique=False)
    op.create_table('tor_clause',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('tor_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('heading_en', sa.Text(), nullable=False),
    sa.Column('heading_ar', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('text_ar', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['tor_id'], ['terms_of_reference.id'], name=op.f('fk_tor_clause_tor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tor_clause'))
    )
    op.create_index(op.f('ix_tor_clause_tor_id'), 'tor_clause', ['tor_id'], unique=False)
    op.create_table('tor_review',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('tor_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['tor_id'], ['terms_of_reference.id'], name=op.f('fk_tor_review_tor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tor_review'))
    )
    op.create_index(op.f('ix_tor_review_tor_id'), 'tor_review', ['tor_id'], unique=False)
    op.create_table('agenda_item',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('purpose_en', sa.Text(), nullable=False),
    sa.Column('purpose_ar', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('presenter', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('objective_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('standing', sa.Text(), nullable=False),
    sa.Column('carried_from_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('carried_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['carried_from_id'], ['agenda_item.id'], name=op.f('fk_agenda_item_carried_from_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_agenda_item_objective_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item'))
    )
    op.create_index(op.f('ix_agenda_item_meeting_id'), 'agenda_item', ['meeting_id'], unique=False)
    op.create_table('attendance',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('person_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('person_name', sa.Text(), nullable=False),
    sa.Column('capacity', sa.String(length=40), nullable=False),
    sa.Column('presence', sa.String(length=40), nullable=False),
    sa.Column('for_person_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('arrived', sa.String(length=5), nullable=False),
    sa.Column('left', sa.String(length=5), nullable=False),
    sa.Column('online', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['for_person_id'], ['person.id'], name=op.f('fk_attendance_for_person_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_attendance_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attendance_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance'))
    )
    op.create_index(op.f('ix_attendance_meeting_id'), 'attendance', ['meeting_id'], unique=False)
    op.create_index(op.f('ix_attendance_organisation_id'), 'attendance', ['organisation_id'], unique=False)
    op.create_table('challenge',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('objective_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('theme_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('text_ar', sa.Text(), nullable=False),
    sa.Column('asked_en', sa.Text(), nullable=False),
    sa.Column('asked_ar', sa.Text(), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.Column('escalated_on', sa.Date(), nullable=True),
    sa.Column('response', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_challenge_network_id')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_challenge_objective_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_challenge_organisation_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_challenge_theme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge'))
    )
    op.create_index(op.f('ix_challenge_network_id'), 'challenge', ['network_id'], unique=False)
    op.create_table('invitation',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('person_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('as_speaker', sa.Boolean(), nullable=False),
    sa.Column('topic_en', sa.Text(), nullable=False),
    sa.Column('topic_ar', sa.Text(), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('reply', sa.String(length=40), nullable=False),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('relevance', sa.Text(), nullable=False),
    sa.Column('agreed_by', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_invitation_meeting_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitation_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation'))
    )
    op.create_index(op.f('ix_invitation_meeting_id'), 'invitation', ['meeting_id'], unique=False)
    op.create_table('meeting_chair',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('person_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_chair_meeting_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_meeting_chair_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_chair_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_chair'))
    )
    op.create_index(op.f('ix_meeting_chair_meeting_id'), 'meeting_chair', ['meeting_id'], unique=False)
    op.create_table('minutes',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('corrigendum', sa.Boolean(), nullable=False),
    sa.Column('circulated_at', sa.DateTime(), nullable=True),
    sa.Column('comments_until', sa.DateTime(), nullable=True),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('adopted_at_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('sealed_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['adopted_at_id'], ['meeting.id'], name=op.f('fk_minutes_adopted_at_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_minutes_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes'))
    )
    op.create_index(op.f('ix_minutes_meeting_id'), 'minutes', ['meeting_id'], unique=False)
    op.create_table('decision',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('text_ar', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('pending_on', sa.Date(), nullable=True),
    sa.Column('all_members', sa.Boolean(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('agenda_item_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('objective_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('silence_from', sa.DateTime(), nullable=True),
    sa.Column('silence_until', sa.DateTime(), nullable=True),
    sa.Column('silence_extension', sa.Text(), nullable=False),
    sa.Column('silence_broken_at', sa.DateTime(), nullable=True),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('act_on', sa.Date(), nullable=True),
    sa.Column('act_reason', sa.Text(), nullable=False),
    sa.Column('implemented_on', sa.Date(), nullable=True),
    sa.Column('superseded_by_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_item.id'], name=op.f('fk_decision_agenda_item_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_decision_meeting_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_decision_network_id')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_decision_objective_id')),
    sa.ForeignKeyConstraint(['superseded_by_id'], ['decision.id'], name=op.f('fk_decision_superseded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_meeting_id'), 'decision', ['meeting_id'], unique=False)
    op.create_index('ix_decision_network_id_decided_on', 'decision', ['network_id', 'decided_on'], unique=False)
    op.create_table('minutes_entry',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('minutes_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('agenda_item_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('text_ar', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_item.id'], name=op.f('fk_minutes_entry_agenda_item_id')),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_minutes_entry_minutes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_entry'))
    )
    op.create_index(op.f('ix_minutes_entry_agenda_item_id'), 'minutes_entry', ['agenda_item_id'], unique=False)
    op.create_index(op.f('ix_minutes_entry_minutes_id'), 'minutes_entry', ['minutes_id'], unique=False)
    op.create_table('comment',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('minutes_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('entry_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['minutes_entry.id'], name=op.f('fk_comment_entry_id')),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_comment_minutes_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_comment_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment'))
    )
    op.create_index(op.f('ix_comment_minutes_id'), 'comment', ['minutes_id'], unique=False)
    op.create_table('membership',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('residency', sa.String(length=40), nullable=False),
    sa.Column('start', sa.String(length=10), nullable=False),
    sa.Column('end', sa.String(length=10), nullable=False),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_membership_decision_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_membership_network_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    op.create_index('ix_membership_category', 'membership', ['category', 'id'], unique=False)
    op.create_index(op.f('ix_membership_network_id'), 'membership', ['network_id'], unique=False)
    op.create_index(op.f('ix_membership_organisation_id'), 'membership', ['organisation_id'], unique=False)
    op.create_table('office',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('person_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('start', sa.String(length=10), nullable=False),
    sa.Column('end', sa.String(length=10), nullable=False),
    sa.Column('endorsed_on', sa.String(length=10), nullable=False),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_office_decision_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_office_network_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_office_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_office_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office'))
    )
    op.create_index('ix_office_network_id_kind', 'office', ['network_id', 'kind'], unique=False)
    op.create_table('position',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('stance', sa.String(length=40), nullable=False),
    sa.Column('said_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('would_resolve', sa.Text(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_position_decision_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_position_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position'))
    )
    op.create_index(op.f('ix_position_decision_id'), 'position', ['decision_id'], unique=False)
    op.create_index(op.f('ix_position_organisation_id'), 'position', ['organisation_id'], unique=False)
    op.create_table('report',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('signed_off_on', sa.Date(), nullable=True),
    sa.Column('signed_off_by_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('submitted_on', sa.Date(), nullable=True),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_report_decision_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_report_network_id')),
    sa.ForeignKeyConstraint(['signed_off_by_id'], ['person.id'], name=op.f('fk_report_signed_off_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    op.create_index(op.f('ix_report_network_id'), 'report', ['network_id'], unique=False)
    op.create_table('workplan',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_workplan_decision_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_workplan_network_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workplan'))
    )
    op.create_index(op.f('ix_workplan_network_id'), 'workplan', ['network_id'], unique=False)
    op.create_table('appointment',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('membership_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('person_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('start', sa.String(length=10), nullable=False),
    sa.Column('end', sa.String(length=10), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_appointment_membership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_appointment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment'))
    )
    op.create_index(op.f('ix_appointment_membership_id'), 'appointment', ['membership_id'], unique=False)
    op.create_index(op.f('ix_appointment_person_id'), 'appointment', ['person_id'], unique=False)
    op.create_table('issued_document',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('symbol', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('period', sa.Text(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('workplan_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('report_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('made_from', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_issued_document_meeting_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_issued_document_network_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_issued_document_report_id')),
    sa.ForeignKeyConstraint(['workplan_id'], ['workplan.id'], name=op.f('fk_issued_document_workplan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_document'))
    )
    op.create_index(op.f('ix_issued_document_network_id'), 'issued_document', ['network_id'], unique=False)
    op.create_table('nomination_request',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('membership_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('asked_on', sa.String(length=10), nullable=False),
    sa.Column('answered_on', sa.String(length=10), nullable=False),
    sa.Column('through', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_nomination_request_membership_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nomination_request'))
    )
    op.create_index(op.f('ix_nomination_request_membership_id'), 'nomination_request', ['membership_id'], unique=False)
    op.create_table('output',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('workplan_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('objective_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_output_objective_id')),
    sa.ForeignKeyConstraint(['workplan_id'], ['workplan.id'], name=op.f('fk_output_workplan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_output'))
    )
    op.create_index(op.f('ix_output_workplan_id'), 'output', ['workplan_id'], unique=False)
    op.create_table('report_section',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('report_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('text_ar', sa.Text(), nullable=False),
    sa.Column('accepted_en', sa.Boolean(), nullable=False),
    sa.Column('accepted_ar', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_section_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_section'))
    )
    op.create_index(op.f('ix_report_section_report_id'), 'report_section', ['report_id'], unique=False)
    op.create_table('activity',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('workplan_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('output_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('objective_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('lead_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('start', sa.Date(), nullable=True),
    sa.Column('end', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('value_added', sa.Text(), nullable=False),
    sa.Column('gender_marker', sa.Integer(), nullable=True),
    sa.Column('gender_justification', sa.Text(), nullable=False),
    sa.Column('rights_marker', sa.Integer(), nullable=True),
    sa.Column('rights_justification', sa.Text(), nullable=False),
    sa.Column('women_en', sa.Text(), nullable=False),
    sa.Column('women_ar', sa.Text(), nullable=False),
    sa.Column('sdg_targets', sa.JSON(), nullable=False),
    sa.Column('gcm_objectives', sa.JSON(), nullable=False),
    sa.Column('theme_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('partners', sa.Text(), nullable=False),
    sa.Column('narrative_en', sa.Text(), nullable=False),
    sa.Column('narrative_ar', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['lead_id'], ['organisation.id'], name=op.f('fk_activity_lead_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_activity_network_id')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_activity_objective_id')),
    sa.ForeignKeyConstraint(['output_id'], ['output.id'], name=op.f('fk_activity_output_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_activity_theme_id')),
    sa.ForeignKeyConstraint(['workplan_id'], ['workplan.id'], name=op.f('fk_activity_workplan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity'))
    )
    op.create_index(op.f('ix_activity_network_id'), 'activity', ['network_id'], unique=False)
    op.create_index(op.f('ix_activity_workplan_id'), 'activity', ['workplan_id'], unique=False)
    op.create_table('dispatch',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('addressee', sa.Text(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('issued_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('workplan_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('report_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_dispatch_decision_id')),
    sa.ForeignKeyConstraint(['issued_id'], ['issued_document.id'], name=op.f('fk_dispatch_issued_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_dispatch_meeting_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_dispatch_network_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dispatch_organisation_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_dispatch_report_id')),
    sa.ForeignKeyConstraint(['workplan_id'], ['workplan.id'], name=op.f('fk_dispatch_workplan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch'))
    )
    op.create_index('ix_dispatch_network_id_kind', 'dispatch', ['network_id', 'kind'], unique=False)
    op.create_table('action_point',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('network_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('task_en', sa.Text(), nullable=False),
    sa.Column('task_ar', sa.Text(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('dropped_reason', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('agenda_item_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('decision_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('activity_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('objective_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_action_point_activity_id')),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_item.id'], name=op.f('fk_action_point_agenda_item_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_action_point_decision_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_action_point_meeting_id')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_action_point_network_id')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_action_point_objective_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_point'))
    )
    op.create_index(op.f('ix_action_point_decision_id'), 'action_point', ['decision_id'], unique=False)
    op.create_index('ix_action_point_done', 'action_point', ['network_id', 'status', 'removed_at'], unique=False, sqlite_where=sa.text("status = 'done' AND removed_at IS NULL"))
    op.create_index(op.f('ix_action_point_meeting_id'), 'action_point', ['meeting_id'], unique=False)
    op.create_index('ix_action_point_network_id_due', 'action_point', ['network_id', 'due', 'id', 'removed_at'], unique=False)
    op.create_index('ix_action_point_network_id_reference', 'action_point', ['network_id', 'reference'], unique=False)
    op.create_index('ix_action_point_open', 'action_point', ['network_id', 'due', 'id', 'status', 'removed_at'], unique=False, sqlite_where=sa.text("status IN ('open', 'in_progress') AND removed_at IS NULL"))
    op.create_table('activity_participant',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('activity_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_participant_activity_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_activity_participant_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_participant'))
    )
    op.create_index(op.f('ix_activity_participant_activity_id'), 'activity_participant', ['activity_id'], unique=False)
    op.create_table('budget_line',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('activity_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('required', sa.Integer(), nullable=False),
    sa.Column('available', sa.Integer(), nullable=False),
    sa.Column('spent', sa.Integer(), nullable=False),
    sa.Column('rate', sa.Text(), nullable=False),
    sa.Column('rate_on', sa.Date(), nullable=True),
    sa.Column('contributor', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_budget_line_activity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget_line'))
    )
    op.create_index(op.f('ix_budget_line_activity_id'), 'budget_line', ['activity_id'], unique=False)
    op.create_table('deliverable',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('activity_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_deliverable_activity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliverable'))
    )
    op.create_index(op.f('ix_deliverable_activity_id'), 'deliverable', ['activity_id'], unique=False)
    op.create_table('indicator',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('activity_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('title_ar', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('baseline', sa.Text(), nullable=False),
    sa.Column('baseline_year', sa.Integer(), nullable=True),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('verification', sa.Text(), nullable=False),
    sa.Column('by_sex', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_indicator_activity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator'))
    )
    op.create_index(op.f('ix_indicator_activity_id'), 'indicator', ['activity_id'], unique=False)
    op.create_table('action_note',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('action_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['action_point.id'], name=op.f('fk_action_note_action_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_note'))
    )
    op.create_index(op.f('ix_action_note_action_id'), 'action_note', ['action_id'], unique=False)
    op.create_table('action_responsible',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('action_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('organisation_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('person_id', sa.Uuid(native_uuid=False), nullable=True),
    sa.ForeignKeyConstraint(['action_id'], ['action_point.id'], name=op.f('fk_action_responsible_action_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_action_responsible_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_action_responsible_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_responsible'))
    )
    op.create_index(op.f('ix_action_responsible_action_id'), 'action_responsible', ['action_id'], unique=False)
    op.create_index(op.f('ix_action_responsible_organisation_id'), 'action_responsible', ['organisation_id'], unique=False)
    op.create_table('measurement',
    sa.Column('id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('indicator_id', sa.Uuid(native_uuid=False), nullable=False),
    sa.Column('measured_on', sa.Date(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('women', sa.Text(), nullable=False),
    sa.Column('men', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_measurement_indicator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measurement'))
    )
    op.create_index(op.f('ix_measurement_indicator_id'), 'measurement', ['indicator_id'], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "record_id UNINDEXED, entity UNINDEXED, network_id UNINDEXED, title UNINDEXED, kind, folded, tokenize='trigram')"
    )
    op.create_index("ix_organisation_short", "organisation", [sa.text("coalesce(nullif(acronym, ''), name_en) COLLATE NOCASE")])
    for first, second in (("task_en", "task_ar"), ("task_ar", "task_en")):
        expression = sa.text(f"coalesce(nullif({first}, ''), {second})")
        op.create_index(f"ix_action_point_{first}", "action_point", ["network_id", expression, "id"])

"""States and kinds of records that the first page tells of; apart from the records, which it is shown without."""

from unnm_desktop.db.base import Choice
from unnm_desktop.i18n import N_


class ActionStatus(Choice):
    """Overdue is computed, never a state."""

    OPEN = "open", N_("Open")
    IN_PROGRESS = "in_progress", N_("In progress")
    DONE = "done", N_("Done")
    DROPPED = "dropped", N_("Dropped")


OPEN_STATUSES = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


class MeetingKind(Choice):
    """The three kinds of meeting."""

    REGULAR = "regular", N_("Regular")
    HIGHLIGHTED = "highlighted", N_("Highlighted")
    AD_HOC = "ad_hoc", N_("Ad hoc")


class MeetingState(Choice):
    """The life of a meeting."""

    PLANNED = "planned", N_("Planned")
    INVITED = "invited", N_("Invited")
    HELD = "held", N_("Held")
    CLOSED = "closed", N_("Closed")
    POSTPONED = "postponed", N_("Postponed")
    CANCELLED = "cancelled", N_("Cancelled")


class Reply(Choice):
    """An answer to an invitation."""

    NONE = "none", N_("No reply yet")
    YES = "yes", N_("Will attend")
    NO = "no", N_("Will not attend")


HELD_STATES = (MeetingState.HELD, MeetingState.CLOSED)


class OrganisationKind(Choice):
    """What an organisation is (rules.md, section 9; GCM paragraph 44)."""

    UN_ENTITY = "un_entity", N_("UN entity")
    GOVERNMENT = "government", N_("Government")
    NGO = "ngo", N_("Non-governmental organization")
    CSO = "cso", N_("Civil society organization")
    ACADEMIA = "academia", N_("Academia")
    PRIVATE_SECTOR = "private_sector", N_("Private sector")
    WORKERS = "workers_organisation", N_("Workers' organization")
    EMPLOYERS = "employers_organisation", N_("Employers' organization")
    DEVELOPMENT_PARTNER = "development_partner", N_("Development partner")
    MEDIA = "media", N_("Media")
    MIGRANTS = "migrants_diaspora", N_("Migrants and diaspora")
    FAITH = "faith_based", N_("Faith-based organization")
    LOCAL = "local_authority", N_("Local authority")
    PARLIAMENT = "parliament", N_("Parliament")
    NHRI = "nhri", N_("National human rights institution")
    RED_CROSS = "red_cross_red_crescent", N_("Red Cross and Red Crescent")
    EMBASSY = "embassy", N_("Embassy or consulate")
    OTHER = "other", N_("Other")


class TorState(Choice):
    """The life of a version of the terms of reference."""

    DRAFT = "draft", N_("Draft")
    CONSULTATION = "consultation", N_("In consultation")
    AGREED = "agreed", N_("Agreed by members")
    SUBMITTED = "submitted", N_("Submitted to UNCT")
    IN_EFFECT = "in_effect", N_("In effect")
    SUPERSEDED = "superseded", N_("Superseded")
    TERMINATED = "terminated", N_("Terminated")


class WorkplanState(Choice):
    """The life of a version of a workplan; sharing is not endorsement (trap 17)."""

    DRAFT = "draft", N_("Draft")
    FOR_CONSENSUS = "for_consensus", N_("For consensus")
    ADOPTED = "adopted", N_("Adopted")
    SHARED = "shared", N_("Shared")
    CLOSED = "closed", N_("Closed")


class ActivityStatus(Choice):
    """The status words of the global Network's workplan, and three more."""

    YET_TO_START = "yet_to_start", N_("Yet to start")
    ONGOING = "ongoing", N_("Ongoing")
    COMPLETED = "completed", N_("Completed")
    DELAYED = "delayed", N_("Delayed")
    ON_HOLD = "on_hold", N_("On hold")
    CANCELLED = "cancelled", N_("Cancelled")


NAMELESS = N_("Name erased")
"""What somebody is called whose data were erased."""

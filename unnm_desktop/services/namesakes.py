"""People who are on the list already under a name that is being typed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from unnm_desktop.db.people import Person
from unnm_desktop.db.text import fold
from unnm_desktop.services import records
from unnm_desktop.services.handover.duplicates import signs
from unnm_desktop.services.word_clauses import looked_through


def people_called(session: Session, name: str) -> list[Person]:
    """The people of that name in either language, its words in any order."""
    words = fold(name).split()
    if not words:
        return []
    wanted = {text for _, text in signs("person", {"name_en": name})}
    return [
        one
        for one in records.all_of(session, Person, looked_through(Person, [word.strip(",،.") for word in words]))
        if wanted & {text for _, text in signs("person", {"name_en": one.name_en, "name_ar": one.name_ar})}
    ]

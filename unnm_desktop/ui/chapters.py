"""The chapters of the manual, as they lie beside the program: one Markdown file each, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from unnm_desktop import paths

# The chapter that tells of a page; of a tab where it has one of its own.
CHAPTER_OF = {
    "today": "02-today",
    "members": "03-members",
    "people": "03-members",
    "organisations": "03-members",
    "duplicates": "03-members",
    "meetings": "04-meetings",
    "meeting": "04-meetings",
    "meeting:minutes": "05-minutes",
    "decisions": "06-decisions",
    "actions": "07-action-points",
    "workplan": "08-workplan",
    "outputs": "08-workplan",
    "challenges": "08-workplan",
    "reports": "09-reports",
    "tor": "10-terms-of-reference",
    "exchange": "11-in-and-out",
    "history": "12-nothing-is-lost",
    "trash": "12-nothing-is-lost",
    "backups": "12-nothing-is-lost",
    "protection": "12-nothing-is-lost",
    "preferences": "14-language-dates-numbers",
    "handover": "15-handing-over",
}


@dataclass(frozen=True)
class Chapter:
    """One chapter: its file's name, its title and its text in Markdown."""

    name: str
    title: str
    text: str
    folder: Path

    @property
    def id(self) -> UUID:
        """A key that is the same in both languages, for lists."""
        return uuid5(NAMESPACE_URL, self.name)


def chapters(code: str) -> tuple[Chapter, ...]:
    """All chapters in the language of that code, in their order.

    Raises:
        FileNotFoundError: the manual does not lie beside the program.

    """
    found = []
    for path in sorted(paths.resource("manual", code).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ").strip()
        found.append(Chapter(path.stem, title, text, path.parent))
    return tuple(found)

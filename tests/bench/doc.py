"""The page the figures are written to: a first part, and sections of their own that other measurements keep up."""

from __future__ import annotations

from pathlib import Path

DOC = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def _parts() -> tuple[str, dict[str, str]]:
    first, *sections = DOC.read_text(encoding="utf-8").split("\n## ")
    named = (section.partition("\n") for section in sections)
    return first.rstrip("\n"), {title: text.strip("\n") for title, _, text in named}


def _write(first: str, sections: dict[str, str]) -> None:
    parts = [first, *(f"## {title}\n\n{text}" for title, text in sections.items())]
    DOC.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def write_first(text: str) -> None:
    """Write the first part anew."""
    _write(text.rstrip("\n"), _parts()[1])


def write_section(title: str, text: str) -> str:
    """Write a section anew, and give it back as it stands on the page."""
    first, sections = _parts()
    _write(first, {**sections, title: text})
    return f"## {title}\n\n{text}"

"""Build hook: compiles the translations into the wheel, so that what is installed needs no tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsHook(BuildHookInterface[Any]):
    """Writes resources/i18n/*.mo from the .po files beside them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered."""
        for source in sorted(Path(self.root, "resources", "i18n").glob("*.po")):
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.stem)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
        build_data["artifacts"].append("resources/i18n/*.mo")

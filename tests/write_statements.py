"""Write the statements of the first page that are in the program anew; read the difference before it is committed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, Select, Uuid
from sqlalchemy.types import TypeEngine

from unnm_desktop.db.base import ChoiceText, UtcDateTime
from unnm_desktop.services.prepared import DIALECT, in_words
from unnm_desktop.services.today_queries import QUERIES
from unnm_desktop.services.written_ahead import FILE

PATH = Path(__file__).parent.parent.joinpath("resources", *FILE)


def anew() -> str:
    """What the file says when it is right."""
    told = {query.__name__: _told(query()) for query in QUERIES}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(query: Select[*tuple[Any, ...]]) -> dict[str, Any]:
    words = in_words(query)
    binds = query.compile(dialect=DIALECT).binds
    return {
        "text": words.text,
        "names": words.names,
        "values": words.values,
        # Those with names of their own are handed over; what stands in the query has been given one.
        "given": {name: _word(bind.type) for name, bind in sorted(binds.items()) if not bind.unique},
        "told": [_word(column["type"]) for column in query.column_descriptions],
    }


def _word(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, ChoiceText):
        return f"{kind.choices.__module__}.{kind.choices.__name__}"
    for word, known in (("key", Uuid), ("moment", UtcDateTime), ("day", Date), ("yes or no", Boolean)):
        if isinstance(kind, known):
            return word
    made = kind.dialect_impl(DIALECT)
    if made.bind_processor(DIALECT) is not None or made.result_processor(DIALECT, None) is not None:
        raise TypeError(f"there is no word for {kind!r} yet")
    return ""


def main() -> None:
    """Write the file."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(anew(), encoding="utf-8")


if __name__ == "__main__":
    main()

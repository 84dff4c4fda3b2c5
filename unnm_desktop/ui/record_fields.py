"""The fields of any record, made from the columns of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.networks import Network
from unnm_desktop.i18n import N_, european_digits
from unnm_desktop.services import any_record, records
from unnm_desktop.services.coded_texts import DIGITS, LANGUAGES, PROBLEM_WORDS, WEEKDAYS
from unnm_desktop.services.field_names import FIELD_NAMES
from unnm_desktop.services.listing import Context
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import CheckField, ChoiceField, MoneyField, NumberField
from unnm_desktop.ui.forms import BilingualField, Field, LongTextField, TextField, Unreadable
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.reading_fields import Passage, ReadOnly
from unnm_desktop.ui.record_field import RecordField

if TYPE_CHECKING:
    from unnm_desktop.db.base import Record
    from unnm_desktop.services.any_record import Shape
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.inspector import Part

LONGEST = 600
# Texts that may run over several lines.
LONG = frozenset(
    {
        "text", "text_en", "text_ar", "note", "reason", "task_en", "task_ar", "narrative_en", "narrative_ar",
        "purpose_en", "purpose_ar", "asked_en", "asked_ar", "response", "evidence", "value_added", "women_en",
        "women_ar", "mandate", "would_resolve", "gender_justification", "rights_justification",
    }
)  # fmt: skip
# Lines that are often longer than a narrow panel has room for beside their captions.
WIDE = frozenset({"aliases", "emails", "file_name", "link", "partners", "place", "role_note", "source", "website"})
# Read from left to right in any language.
LATIN = frozenset(
    {
        "acronym", "country", "currency", "website", "emails", "phones", "code", "reference", "sha256", "time_zone",
        "starts", "ends", "arrived", "left", "rate", "colour", "symbol", "media_type", "period", "paragraph",
    }
)  # fmt: skip
# Texts that are one of a few.
OPTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "first_weekday": WEEKDAYS,
    "letter_language": LANGUAGES,
    "language": LANGUAGES,
    "paper_digits": DIGITS,
    "problem_word": PROBLEM_WORDS,
}


# Lists of texts that are each one of a few.
EACH_OF: Mapping[str, tuple[tuple[str, str], ...]] = {"weekend": WEEKDAYS}


class ListField(TextField):
    """Several texts or numbers with semicolons between them."""

    def __init__(
        self, name: str, label: str, value: Sequence[Any] | None = (), *, numbers: bool = False, enabled: bool = True
    ) -> None:
        super().__init__(name, label, None, hint=N_("Several: put a semicolon between them"), enabled=enabled)
        self._value: Any = list(value or ())
        self._numbers = numbers

    def show_value(self, value: Any) -> None:
        # Digits of a text stay as they were typed: they would be kept in another form when the field is left.
        known = {one: self.desk.tr(words) for one, words in EACH_OF.get(self.name, ())}
        words = [self.desk.language.figures(str(one)) if self._numbers else str(one) for one in value or ()]
        super().show_value("; ".join(known.get(one, one) for one in words))

    def read_input(self) -> Any:
        found = [part.strip() for part in self.line.text().replace("؛", ";").split(";") if part.strip()]
        if not self._numbers:
            known = {self.desk.tr(words).casefold(): one for one, words in EACH_OF.get(self.name, ())}
            return [known.get(part.casefold(), part) for part in found]
        try:
            return [int(european_digits(part)) for part in found]
        except ValueError:
            raise Unreadable(N_("Write whole numbers with a semicolon between them.")) from None


class MomentField(TextField):
    """A day with its time of day, written as 2026-11-21 10:00."""

    def __init__(self, name: str, label: str, value: datetime | None = None, *, enabled: bool = True) -> None:
        super().__init__(name, label, None, enabled=enabled, ltr=True)
        self._value: Any = value

    def show_value(self, value: Any) -> None:
        self.line.setText(f"{self.desk.language.local(value):%Y-%m-%d %H:%M}" if value else "")

    def read_input(self) -> Any:
        text = european_digits(self.line.text()).strip()
        if not text:
            return None
        language = self.desk.language
        if self._value is not None and text == f"{language.local(self._value):%Y-%m-%d %H:%M}":
            return self._value
        try:
            return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=language.clock).astimezone(UTC)
        # A day whose moment in UTC would lie before the year 1 or behind 9999 overflows.
        except (ValueError, OverflowError):
            raise Unreadable(N_("Write the day and the time like 2026-11-21 10:00.")) from None


def finder(desk: Desk, table: str) -> Callable[[str], list[tuple[UUID, str]]]:
    """A finder over the records of one kind."""

    def find(text: str) -> list[tuple[UUID, str]]:
        context = Context(desk.network_id, desk.language, desk.today())
        return desk.hub.read(any_record.find, table, text, context)

    return find


def title_of(shape: Shape) -> str:
    """The label of a column (a msgid)."""
    return FIELD_NAMES[shape.name]


def field_for(
    desk: Desk,
    entity: type[Record],
    shape: Shape,
    value: Any = None,
    *,
    shown: str = "",
    currency: str = "",
    fresh: bool = False,
) -> Field:
    """The field that shows and changes one column; ``fresh`` gives it what a new record begins with."""
    name, title = shape.name, title_of(shape)
    if fresh:
        value = _first_value(desk, entity, shape)
    if shape.kind == "choice":
        return ChoiceField(name, title, value, tuple((one, one.label) for one in shape.choices))
    if shape.kind == "reference":
        return RecordField(name, title, value, shown, find=finder(desk, shape.target))
    if shape.kind in ("day", "partial"):
        return DateField(name, title, value, partial=shape.kind == "partial")
    if shape.kind == "moment":
        return MomentField(name, title, value)
    if shape.kind == "money":
        return MoneyField(name, title, value, currency=currency or _currency(desk))
    if shape.kind == "number":
        return NumberField(name, title, value)
    if shape.kind == "check":
        return CheckField(name, title, value, hint=N_("Yes"))
    if shape.kind in ("texts", "numbers"):
        return ListField(name, title, value, numbers=shape.kind == "numbers")
    if name in OPTIONS:
        known = OPTIONS[name]
        extra = () if value in {one for one, _ in known} or not value else ((value, value),)
        return ChoiceField(name, title, value, (*known, *extra))
    if name in LONG:
        return LongTextField(name, title, value or "")
    made = TextField(name, title, value or "", ltr=name in LATIN)
    return made.across() if name in WIDE else made


def _first_value(desk: Desk, entity: type[Record], shape: Shape) -> Any:
    default: Any = entity.__table__.columns[shape.name].default
    if shape.needed and shape.kind == "day":
        return desk.today()
    if shape.needed and shape.kind == "moment":
        return now(desk)
    if shape.name == "currency":
        return _currency(desk)
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _currency(desk: Desk) -> str:
    return desk.hub.read(records.get, Network, desk.network_id).currency


def fields_of(desk: Desk, record: Record, free: set[str], names: Mapping[UUID, str]) -> list[Part]:
    """All columns of a record: those that may be changed as fields, the others to read where they say something."""
    entity, language = type(record), desk.language
    currency = str(getattr(record, "currency", ""))
    parts: list[Part] = []
    done: set[str] = set()
    for shape in any_record.shapes(entity):
        name, value = shape.name, getattr(record, shape.name)
        if name in done:
            continue
        twin = f"{name.removesuffix('_en')}_ar"
        if name.endswith("_en") and name in free and twin in free and hasattr(record, twin) and shape.kind == "text":
            done.add(twin)
            long = name in LONG
            parts.append(
                BilingualField(name.removesuffix("_en"), title_of(shape), value, getattr(record, twin), long=long)
            )
        elif name in free:
            shown = names.get(value, "") if shape.kind == "reference" else ""
            parts.append(field_for(desk, entity, shape, value, shown=shown, currency=currency))
        else:
            text = any_record.told(value, shape, language, names, currency)
            # Structured data is read on the page of its kind.
            if text and shape.kind != "data":
                kind = Passage if name in LONG else ReadOnly
                parts.append(kind(name, title_of(shape), text if len(text) <= LONGEST else f"{text[:LONGEST]}…"))
    return parts

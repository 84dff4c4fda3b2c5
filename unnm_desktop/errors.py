"""The two kinds of trouble an officer can act on."""

from __future__ import annotations

from collections.abc import Mapping


class UserError(Exception):
    """Something outside the program went wrong; the text says what happened and what to do next.

    The message is a msgid with named values, so that every floor can show it in the officer's language:
    ``UserError(N_("{file} cannot be read."), file=name)``.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


class Invalid(UserError):
    """Values that break a rule of their record: field name → msgid of what is wrong."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems: dict[str, str] = dict(problems)

    def __str__(self) -> str:
        return "; ".join(self.problems.values())

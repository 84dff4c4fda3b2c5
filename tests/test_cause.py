"""Why the system could not do something is told in the officer's language, also inside another sentence."""

from __future__ import annotations

import errno
import os
import re

import pytest

from unnm_desktop.cause import Cause
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language

USUAL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EIO, errno.EBUSY)


@pytest.mark.parametrize("number", USUAL)
def test_a_cause_is_told_in_arabic_without_a_word_of_the_system(number: int) -> None:
    cause = Cause(OSError(number, os.strerror(number)))
    said = Language("ar").tr("{why}", why=cause)
    assert not re.search("[A-Za-z]", said)
    error = UserError("It could not be written ({why}).", why=cause)
    assert str(error) == f"It could not be written ({Language('en').tr('{why}', why=cause)})."
    assert os.strerror(number) not in str(error)


def test_a_rare_cause_is_told_as_the_system_tells_it() -> None:
    assert str(Cause(OSError(errno.EXDEV, "Invalid cross-device link"))) == "Invalid cross-device link"
    assert str(Cause(PermissionError())) == "PermissionError"

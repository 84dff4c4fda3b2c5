"""The Qt binding must not lose references to None (PySide6 6.12 on Python 3.11 did, and aborted)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_binding_keeps_none(qapp: QApplication) -> None:
    label, before = QLabel(), sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100

"""From which side an empty paragraph of minutes begins."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTextEdit

_SIDES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


class Beginning(QObject):
    """Lets what is empty begin where its language does; a paragraph with letters runs as the first of them says."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor, self._document = editor, editor.document()
        self._side = Qt.LayoutDirection.LeftToRight
        self._document.contentsChanged.connect(self._turn_text)
        editor.cursorPositionChanged.connect(self._turn_line)

    def set_language(self, code: str) -> None:
        """The language that is being written."""
        self._side = Qt.LayoutDirection.RightToLeft if code == "ar" else Qt.LayoutDirection.LeftToRight
        self._turn_text()

    def _turn_text(self) -> None:
        """An empty text has no letter that could say it; Qt would put the cursor at the left."""
        wanted = self._side if self._document.isEmpty() else Qt.LayoutDirection.LayoutDirectionAuto
        option = self._document.defaultTextOption()
        if option.textDirection() != wanted:
            option.setTextDirection(wanted)
            self._document.setDefaultTextOption(option)

    def _turn_line(self) -> None:
        """Nor has a new paragraph; only its line is moved, so that nothing of it is kept or can be undone."""
        block = self._editor.textCursor().block()
        if self._side != Qt.LayoutDirection.RightToLeft or block.length() > 1 or block.textList() is not None:
            return
        option = block.layout().textOption()
        option.setAlignment(_SIDES)
        block.layout().setTextOption(option)
        self._editor.viewport().update()

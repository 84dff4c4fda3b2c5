"""What was typed and is not on the disk: kept over fresh windows, and sealed while the workspace is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from unnm_desktop.db.keys import Key
    from unnm_desktop.ui.handover_receive import Reception
    from unnm_desktop.ui.leaving import Kept

    Place = tuple[UUID, UUID, str]
    """A text of minutes: the meeting, the item of its agenda, the field."""


class _Sealed(NamedTuple):
    workspace: Path
    # The way and the shape of the window, without a word of what was typed.
    kept: Kept
    words: bytes
    # Whether any of it could not be written.
    unsaved: bool


class Unwritten:
    """One for the program; a full disk must not keep a workspace from being locked."""

    def __init__(self) -> None:
        # Texts of minutes that wait until their editor is shown again.
        self.minutes: dict[Place, str] = {}
        # What was half done in the window (``ui/half_done.py``) and could not be kept in the workspace.
        self.half_done = ""
        # Six words that were offered for a passphrase; somebody may be writing them down.
        self.offered = ""
        self._sealed: _Sealed | None = None
        # A package that was being looked at, handed to the fresh window of another language or look.
        self.reception: Reception | None = None

    def let_go(self) -> None:
        """Close the package that nobody looks at any more, and offer other words next time."""
        self.offered = ""
        if self.reception is not None:
            self.reception.arrived.close()
            self.reception = None

    @property
    def waits(self) -> bool:
        """Whether something would be lost if the program ended now."""
        return bool(self.minutes) or self.sealed

    @property
    def sealed(self) -> bool:
        """Whether what is not on the disk waits in a locked workspace."""
        return self._sealed is not None and self._sealed.unsaved

    def seal(self, workspace: Path, key: Key, kept: Kept) -> None:
        """Close up what is typed, before the key is wiped."""
        import json  # here and below: only who locks needs these

        from unnm_desktop.db import sealed_words

        told = {
            "hand": kept.hand and kept.hand.text,
            "typed": [one.text for one in kept.typed],
            "minutes": [
                [str(meeting), str(item), field, text] for (meeting, item, field), text in self.minutes.items()
            ],
            "half_done": self.half_done,
            "offered": self.offered,
        }
        unsaved = bool(kept.typed or self.minutes or self.half_done)
        self.let_go()
        self.minutes.clear()
        self.half_done = ""
        bare = kept._replace(
            hand=kept.hand and kept.hand._replace(text=""),
            typed=tuple(one._replace(text="") for one in kept.typed),
            begun={},
        )
        self._sealed = _Sealed(workspace, bare, sealed_words.seal(key, json.dumps(told).encode()), unsaved)

    def unseal(self, workspace: Path, key: Key | None) -> Kept | None:
        """What was closed up when this workspace was locked; None where nothing was, or where the key is another."""
        sealed = self._sealed
        if sealed is None or key is None or sealed.workspace != workspace:
            return None
        import json
        from uuid import UUID

        from unnm_desktop.db import sealed_words

        words = sealed_words.unseal(key, sealed.words)
        if words is None:
            return None
        self._sealed = None
        told, bare = json.loads(words), sealed.kept
        self.half_done, self.offered = told["half_done"], told["offered"]
        self.minutes |= {(UUID(meeting), UUID(item), field): text for meeting, item, field, text in told["minutes"]}
        typed = (one._replace(text=text) for one, text in zip(bare.typed, told["typed"], strict=True))
        return bare._replace(hand=bare.hand and bare.hand._replace(text=told["hand"]), typed=tuple(typed))

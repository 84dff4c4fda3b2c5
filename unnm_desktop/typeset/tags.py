"""What the marked pieces of a page mean: the structure tree that readers for the blind follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Element:
    """One element of the structure tree: a role such as ``P`` or ``TD``, and where its pieces stand."""

    role: str
    parent: Element | None = None
    alternative: str = ""
    scope: str = ""
    span: int = 1
    language: str = ""
    children: list[Element] = field(default_factory=list)
    # (page index, marked content id, place among the children)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    # (page index, index of the link on that page)
    links: list[tuple[int, int]] = field(default_factory=list)

    def child(self, role: str, **values: str) -> Element:
        """A new last child."""
        made = Element(role, self, **values)  # type: ignore[arg-type]  # role, alternative, scope and language are text
        self.children.append(made)
        return made

    def drop(self) -> None:
        """Leave the tree, when nothing of it was drawn."""
        if self.parent is not None:
            self.parent.children.remove(self)

    def walk(self) -> Iterator[Element]:
        """This element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

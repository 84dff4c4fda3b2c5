"""The Unicode bidirectional algorithm (UAX #9): embedding levels of a paragraph and the visual order of a line."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import bidirectional

MAX_DEPTH = 125
_MAX_OPEN_BRACKETS = 63

_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSER_OF = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CLOSERS = frozenset(_PAIRS[1::2])
# BD14: the angle brackets U+2329/232A are canonical equivalents of U+3008/3009.
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}

_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS = frozenset({"RLE", "LRE", "RLO", "LRO"})
_REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"})
_RIGHT = frozenset({"R", "AL"})
_STRONG = frozenset({"L", "R", "AL"})
_NOT_PLAIN_ARABIC = frozenset(
    {"L", "EN", "AN", "B", "S", "BN", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
)
# Isolates of words that run from left to right leave every level even, and with that the order.
_NEEDS_ALGORITHM = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "RLI", "PDF"})
# Unassigned characters have defaults too (DerivedBidiClass.txt); Python answers "" for them.
_ARABIC_BLOCKS = (
    (0x0600, 0x07BF), (0x0860, 0x08FF), (0xFB50, 0xFDCF), (0xFDF0, 0xFDFF), (0xFE70, 0xFEFF),
    (0x1EC70, 0x1ECBF), (0x1ED00, 0x1ED4F), (0x1EE00, 0x1EEFF),
)  # fmt: skip
_HEBREW_BLOCKS = ((0x0590, 0x05FF), (0x07C0, 0x085F), (0xFB1D, 0xFB4F), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))

_classes: dict[str, str] = {}


def _unassigned_class(code: int) -> str:
    if any(first <= code <= last for first, last in _ARABIC_BLOCKS):
        return "AL"
    if any(first <= code <= last for first, last in _HEBREW_BLOCKS):
        return "R"
    if 0x20A0 <= code <= 0x20CF:
        return "ET"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xE0000 <= code <= 0xE0FFF:
        return "BN"
    return "L"


def bidi_class(character: str) -> str:
    """The bidirectional class of one character, e.g. ``"AL"``."""
    found = _classes.get(character)
    if found is None:
        # At most one entry per Unicode character: the cache is bounded by nature.
        found = _classes[character] = bidirectional(character) or _unassigned_class(ord(character))
    return found


def needs_algorithm(text: str) -> bool:
    """Whether a left-to-right paragraph has anything that is not simply left to right."""
    if text.isascii():
        return False
    return not _NEEDS_ALGORITHM.isdisjoint(map(bidi_class, text))


def _first_strong(classes: Sequence[str], start: int, end: int) -> str | None:
    """Rule P2 between two places, isolates skipped."""
    depth = 0
    for index in range(start, end):
        kind = classes[index]
        if kind in _INITIATORS:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in _STRONG:
            return kind
    return None


def levels(text: str | None, base: int | None = None, classes: Sequence[str] | None = None) -> tuple[int, list[int]]:
    """Resolve a paragraph: its level, and the level of each character (-1 for those that rule X9 removes).

    Args:
        text: the paragraph; None when only classes are known (no brackets are paired then).
        base: 0, 1, or None for the first strong character.
        classes: stand in for the characters' own classes.

    """
    if classes is None:
        original: Sequence[str] = [bidi_class(character) for character in text or ""]
        if base == 1 and _NOT_PLAIN_ARABIC.isdisjoint(original):
            return 1, [1] * len(original)
    else:
        original = classes
    count = len(original)
    if base is None:
        base = int(_first_strong(original, 0, count) in _RIGHT)
    resolved = list(original)
    matching = _matching_isolates(original)
    result = _explicit(original, resolved, base, matching)
    kept = [index for index in range(count) if original[index] not in _REMOVED]
    for sequence, level, sos, eos in _isolating_run_sequences(original, result, kept, base, matching):
        _resolve_sequence(text, sequence, resolved, original, level, sos, eos)
    for index in kept:  # I1, I2
        kind = resolved[index]
        if result[index] & 1:
            if kind != "R":
                result[index] += 1
        elif kind == "R":
            result[index] += 1
        elif kind != "L":
            result[index] += 2
    if len(kept) != count:
        for index in range(count):
            if original[index] in _REMOVED:
                result[index] = -1
    return base, result


def _matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """BD9: initiator → its PDI, within one paragraph."""
    matching: dict[int, int] = {}
    stack: list[int] = []
    for index, kind in enumerate(classes):
        if kind in _INITIATORS:
            stack.append(index)
        elif kind == "PDI" and stack:
            matching[stack.pop()] = index
        elif kind == "B":
            stack.clear()
    return matching


def _explicit(original: Sequence[str], resolved: list[str], base: int, matching: dict[int, int]) -> list[int]:
    """Rules X1 to X8: explicit levels; overrides are written into ``resolved``."""
    count = len(original)
    result = [base] * count
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for index, kind in enumerate(original):
        level, override, _ = stack[-1]
        if kind in _EMBEDDINGS:
            result[index] = level
            new = (level + 1) | 1 if kind[0] == "R" else (level + 2) & ~1
            if new <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                stack.append((new, {"RLO": "R", "LRO": "L"}.get(kind), False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind in _INITIATORS:
            result[index] = level
            if override:
                resolved[index] = override
            right = kind == "RLI"
            if kind == "FSI":
                right = _first_strong(original, index + 1, matching.get(index, count)) in _RIGHT
            new = (level + 1) | 1 if right else (level + 2) & ~1
            if new <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append((new, None, True))
            else:
                overflow_isolates += 1
        elif kind == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack.pop()[2]:
                    pass
                valid_isolates -= 1
            level, override, _ = stack[-1]
            result[index] = level
            if override:
                resolved[index] = override
        elif kind == "PDF":
            result[index] = level
            if overflow_isolates:
                continue
            if overflow_embeddings:
                overflow_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind not in ("B", "BN"):
            result[index] = level
            if override:
                resolved[index] = override
    return result


def _isolating_run_sequences(
    original: Sequence[str], result: list[int], kept: list[int], base: int, matching: dict[int, int]
) -> list[tuple[list[int], int, str, str]]:
    """Rule X10: (indexes, level, sos, eos) of each isolating run sequence over what X9 keeps."""
    runs: list[list[int]] = []
    previous = None
    for index in kept:
        level = result[index]
        if level == previous:
            runs[-1].append(index)
        else:
            runs.append([index])
            previous = level
    if len(runs) == 1 and not matching and original[kept[-1]] not in _INITIATORS:
        side = "R" if max(base, result[kept[0]]) & 1 else "L"
        return [(kept, result[kept[0]], side, side)]
    run_at = {run[0]: run for run in runs}
    place = {index: at for at, index in enumerate(kept)}
    matched = set(matching.values())
    sequences = []
    for run in runs:
        if original[run[0]] == "PDI" and run[0] in matched:
            continue
        sequence = list(run)
        while original[sequence[-1]] in _INITIATORS and sequence[-1] in matching:
            sequence += run_at[matching[sequence[-1]]]
        level = result[sequence[0]]
        first = place[sequence[0]]
        before = result[kept[first - 1]] if first else base
        last = place[sequence[-1]]
        unmatched = original[sequence[-1]] in _INITIATORS
        after = base if unmatched or last + 1 == len(kept) else result[kept[last + 1]]
        sides = ("R" if max(before, level) & 1 else "L", "R" if max(after, level) & 1 else "L")
        sequences.append((sequence, level, *sides))
    return sequences


def _resolve_sequence(
    text: str | None, sequence: list[int], resolved: list[str], original: Sequence[str], level: int, sos: str, eos: str
) -> None:
    """Rules W1 to W7 and N0 to N2 over one isolating run sequence."""
    kinds = [resolved[index] for index in sequence]
    present = set(kinds)
    _resolve_weak(kinds, present, sos)
    embedding = "R" if level & 1 else "L"
    if text is not None and "ON" in kinds:
        _resolve_brackets(text, sequence, kinds, original, embedding, sos)
    if not present.isdisjoint(_NEUTRAL) or "ON" in kinds:
        _resolve_neutral(kinds, embedding, sos, eos)
    for place, index in enumerate(sequence):
        resolved[index] = kinds[place]


def _resolve_weak(kinds: list[str], present: set[str], sos: str) -> None:
    count = len(kinds)
    if "NSM" in present:  # W1
        previous = sos
        for place, kind in enumerate(kinds):
            if kind == "NSM":
                kinds[place] = "ON" if previous in _INITIATORS or previous == "PDI" else previous
            previous = kinds[place]
    if "AL" in present:  # W2, W3
        strong = sos
        for place, kind in enumerate(kinds):
            if kind in _STRONG:
                strong = kind
                if kind == "AL":
                    kinds[place] = "R"
            elif kind == "EN" and strong == "AL":
                kinds[place] = "AN"
    if "ES" in present or "CS" in present:  # W4
        for place in range(1, count - 1):
            kind, left = kinds[place], kinds[place - 1]
            if left == kinds[place + 1] and (
                (left == "EN" and kind in ("ES", "CS")) or (left == "AN" and kind == "CS")
            ):
                kinds[place] = left
    if "ET" in present or "NSM" in present:  # W5
        place = 0
        while place < count:
            if kinds[place] != "ET":
                place += 1
                continue
            end = place
            while end < count and kinds[end] == "ET":
                end += 1
            if (place and kinds[place - 1] == "EN") or (end < count and kinds[end] == "EN"):
                kinds[place:end] = ["EN"] * (end - place)
            place = end
    strong = sos
    for place, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _bracket_pairs(text: str, sequence: list[int], kinds: list[str]) -> list[tuple[int, int]]:
    """BD16: places of paired brackets, in the order of their openers."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, kind in enumerate(kinds):
        if kind != "ON":
            continue
        character = text[sequence[place]]
        character = _CANONICAL.get(character, character)
        if character in _CLOSER_OF:
            if len(stack) == _MAX_OPEN_BRACKETS:
                return []
            stack.append((_CLOSER_OF[character], place))
        elif character in _CLOSERS:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == character:
                    pairs.append((stack[depth][1], place))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _side(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else kind


def _resolve_brackets(
    text: str, sequence: list[int], kinds: list[str], original: Sequence[str], embedding: str, sos: str
) -> None:
    """Rule N0."""
    opposite = "L" if embedding == "R" else "R"
    for opener, closer in _bracket_pairs(text, sequence, kinds):
        inside = {_side(kind) for kind in kinds[opener + 1 : closer]}
        if embedding in inside:
            direction = embedding
        elif opposite in inside:
            before = (_side(kinds[place]) for place in range(opener - 1, -1, -1))
            context = next((side for side in before if side in ("L", "R")), sos)
            direction = opposite if context == opposite else embedding
        else:
            continue
        for bracket in (opener, closer):
            kinds[bracket] = direction
            follower = bracket + 1
            while follower < len(kinds) and original[sequence[follower]] == "NSM":
                kinds[follower] = direction
                follower += 1


def _resolve_neutral(kinds: list[str], embedding: str, sos: str, eos: str) -> None:
    """Rules N1 and N2."""
    count = len(kinds)
    place = 0
    while place < count:
        if kinds[place] not in _NEUTRAL:
            place += 1
            continue
        end = place
        while end < count and kinds[end] in _NEUTRAL:
            end += 1
        before = _side(kinds[place - 1]) if place else sos
        after = _side(kinds[end]) if end < count else eos
        kinds[place:end] = [before if before == after else embedding] * (end - place)
        place = end


def visual_order(line: Sequence[int]) -> list[int]:
    """Rule L2: the indexes of a line from left to right; entries of level -1 are left out."""
    order = [index for index, level in enumerate(line) if level >= 0]
    if not order:
        return order
    highest = max(line[index] for index in order)
    lowest_odd = min((line[index] for index in order if line[index] & 1), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        place = 0
        while place < len(order):
            if line[order[place]] < level:
                place += 1
                continue
            end = place
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[place:end] = order[place:end][::-1]
            place = end
    return order

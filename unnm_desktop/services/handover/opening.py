"""Opening a package: every part is proven before anything of it is used, and none is ever put on a disk readable.

age gives what it opens before it finds damage, so a package is opened twice: first to its end, to prove it, then to
take what is wanted.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from unnm_desktop.cause import Cause
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import generated_words
from unnm_desktop.services.handover import envelope, keys, limits, manifest, outer, staging, stick, unpacking
from unnm_desktop.services.handover.reading import Proven, Proving, Sealed, Signature, Taking, read_through

_COPYING = N_("Copying the package to this computer")
_CHUNK = 1 << 20


class Package:
    """An opened package, proven whole; its signature must be looked at.

    Args:
        path: where the officer chose it; for sentences.
        sealed: the copy of it that is read.
        proven: what the first reading found.

    """

    def __init__(self, path: Path, sealed: Sealed, proven: Proven) -> None:
        self.path = path
        self.manifest = proven.manifest
        self.signature = proven.signature
        self.since = proven.since
        self._sealed = sealed
        self._journal = proven.journal

    @property
    def words(self) -> str:
        """The six words by which the sender's key is compared."""
        return keys.words(bytes.fromhex(self.manifest.sender.public_key))

    def want_signature(self) -> None:
        """Refuse what nobody answers for.

        Raises:
            BadPackage: it is not signed, or falsely.

        """
        if self.signature is Signature.NONE:
            raise limits.unsigned(self.path)
        if self.signature is Signature.BAD:
            raise limits.forged(self.path)

    def changesets(self) -> Iterator[dict[str, Any]]:
        """The journal's changesets as plain data, in the package's order.

        Raises:
            BadPackage: it is not signed, or a line of it is none.

        """
        self.want_signature()
        for line in unpacking.lines(self._journal):
            try:
                one = manifest.plain_json(line)
            except ValueError as error:
                raise limits.damaged(self.path) from error
            if not isinstance(one, dict):
                raise limits.damaged(self.path)
            yield one

    def take_files(self, wanted: Collection[str], take: Callable[[bytes], object], progress: Progress = SILENT) -> None:
        """Give the bytes of the wanted files of ``blobs/``, each proven, one after the other.

        Args:
            wanted: hashes; those that the package does not hold are passed over.
            take: gets the bytes of one file.
            progress: hears of bytes.

        Raises:
            BadPackage: the package is not signed.

        """
        self.want_signature()
        names = {f"blobs/{digest}" for digest in wanted}
        if names.isdisjoint(member.name for member in self.manifest.members):
            return
        read_through(self._sealed, Taking(self.manifest, names, take, progress), self.path)

    def readable(self) -> dict[str, bytes]:
        """What is readable without the program, by name."""
        found: dict[str, bytes] = {}
        names = [one.name for one in self.manifest.members if one.name.startswith("readable/")]
        waiting = iter(names)

        def take(data: bytes) -> None:
            found[next(waiting).partition("/")[2]] = data

        if names:
            read_through(self._sealed, Taking(self.manifest, frozenset(names), take, SILENT), self.path)
        return found


@contextmanager
def opened(path: Path, passphrase: str = "", progress: Progress = SILENT) -> Iterator[Package]:
    """Copy a package to this computer, prove it and open it; the stick may be pulled out once this has begun.

    Args:
        path: the file on the stick.
        passphrase: its six words; "" where it was made for this computer's office.
        progress: hears of bytes; may stop the work.

    Raises:
        BadPackage: it is no package, damaged, too large, newer, or sealed for somebody else; nothing was changed.
        UserError: there is no room, or the stick was pulled out.
        Cancelled: the officer asked to stop.

    """
    with staging.folder() as place:
        copy = place / "package"
        size = _copy(path, copy, progress)
        with copy.open("rb") as file:
            places = _places(path, file, size)
            words = generated_words.tidied(passphrase)
            sealed = _keyed(path, file, places, words)
            proving = Proving(path, shutil.disk_usage(place).free, progress)
            try:
                read_through(sealed, proving, path)
            except envelope.NotOpened as error:
                needed = outer.KEY in places and not words
                raise (limits.needs_words if needed else limits.not_for_us)(path) from error
            yield Package(path, sealed, proving.proven(sealed))


def look_over(path: Path) -> int:
    """Check without a passphrase that nothing of a package was lost on its way; the number of its bytes.

    Raises:
        BadPackage: something was.

    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            _places(path, file, size)
    except OSError as error:
        raise _pulled(path, error) from error
    return size


def _pulled(path: Path, error: OSError) -> UserError:
    # A file or folder that is not there may be a slip of the pen; a stick that was pulled out says something else.
    slip = error.errno in (errno.ENOENT, errno.ENOTDIR)
    if not slip and stick.family_of(error, path.parent) is stick.Family.REMOVED:
        return UserError(stick.REMOVED)
    return UserError(
        N_("{file} can no longer be read ({why}). Nothing was changed. Put the stick in again, then try again."),
        file=path.name,
        why=Cause(error),
    )


def _no_room(path: Path) -> UserError:
    return UserError(
        N_("There is no room on this computer to look into {file}. Make room, then try again."), file=path.name
    )


def _copy(path: Path, copy: Path, progress: Progress) -> int:
    try:
        size = path.stat().st_size
        source = path.open("rb")
    except OSError as error:
        raise _pulled(path, error) from error
    try:
        if size > limits.LARGEST:
            raise limits.too_large(path)
        if size > shutil.disk_usage(copy.parent).free // 3:
            raise _no_room(path)
        try:
            with copy.open("xb") as target:
                return _copy_over(path, source, target, size, progress)
        except OSError as error:
            if stick.is_full(error):
                raise _no_room(path) from error
            words = N_("This computer's own disk gives trouble ({why}), so {file} cannot be looked into. Try again.")
            raise UserError(words, file=path.name, why=Cause(error)) from error
    finally:
        with suppress(OSError):  # a stick that was pulled out tells so even now; what was read is proven later
            source.close()


def _copy_over(path: Path, source: BinaryIO, target: BinaryIO, size: int, progress: Progress) -> int:
    done = 0
    while True:
        progress(done, size, _COPYING)
        try:
            chunk = source.read(_CHUNK)
        except OSError as error:
            raise _pulled(path, error) from error
        if not chunk:
            return done
        done += len(chunk)
        if done > size:
            raise limits.damaged(path)
        target.write(chunk)


def _places(path: Path, file: BinaryIO, size: int) -> dict[str, outer.Place]:
    file.seek(0)
    # What does not begin as a package does was never one; the officer shall not look for damage.
    first = file.read(len(outer.head(outer.Part(outer.READ_ME, 0, 0))))
    if not (first.startswith(b"PK\x03\x04") and first.endswith(outer.READ_ME.encode())):
        raise limits.not_ours(path)
    try:
        found = outer.places(file, size)
    except outer.NotSo as error:
        raise limits.damaged(path) from error
    if found[outer.READ_ME].part.size > limits.READ_ME:
        raise limits.too_large(path)
    if outer.KEY in found and found[outer.KEY].part.size > limits.KEY:
        raise limits.too_large(path)
    return found


def _opened(key: bytes, words: str) -> bytes:
    try:
        return envelope.open_with_words(key, words)
    except envelope.NotOpened:
        plain = generated_words.in_small_letters(words)
        if not plain:
            raise
        return envelope.open_with_words(key, plain)


def _keyed(path: Path, file: BinaryIO, places: dict[str, outer.Place], words: str) -> Sealed:
    body = places[outer.BODY]
    file.seek(body.start)
    try:
        recipients = envelope.look_at_sealed(file.read(min(limits.HEADER, body.part.size)))
    except envelope.Damaged as error:
        raise limits.damaged(path) from error
    if outer.KEY in places and words:
        key = b"".join(outer.chunks(file, places[outer.KEY]))
        try:
            envelope.look_at_key(key)
            identity = _opened(key, words).decode("ascii").strip()
            envelope.code_of(identity)
        except envelope.NotOpened as error:
            raise limits.wrong_key(path) from error
        except (envelope.Damaged, UnicodeDecodeError) as error:
            raise limits.damaged(path) from error
    else:
        identity = keys.office_identity()
    return Sealed(file, body, (identity,), recipients)

"""What of a workspace goes into a package: the journal, the files, and what is readable without the program."""

from __future__ import annotations

import platform
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import IssuedDocument
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, records
from unnm_desktop.services.handover import exporting, plain_copy
from unnm_desktop.services.handover.manifest import Scope
from unnm_desktop.services.handover.package import Contents
from unnm_desktop.services.handover.scope import records_of


def chosen_networks(session: Session, countries: Sequence[str]) -> list[Network]:
    """The networks of these codes; all of the workspace where none is given.

    Raises:
        UserError: there is no such network, or none at all.

    """
    every = networks.all_networks(session)
    if not every:
        raise UserError(N_("There is no network in this workspace yet, so there is nothing to hand over."))
    if not countries:
        return every
    return [networks.network_of(session, one) for one in dict.fromkeys(code.upper() for code in countries)]


def contents(
    database: Database,
    session: Session,
    chosen: Collection[Network],
    *,
    papers: Mapping[str, bytes],
    files: bool = True,
    office_to: str = "",
) -> Contents:
    """What goes into a package of these networks.

    Args:
        database: the workspace.
        session: one consistent moment of it, open until the package is made.
        chosen: the networks that go.
        papers: name → bytes of documents that go with the plain copy.
        files: with attachments and issued documents.
        office_to: to whom the office is handed over with it; "" where it is not.

    Raises:
        UserError: an office is handed over without one of its networks.

    """
    every = records.all_of(session, Network)
    whole = {one.id for one in every} <= {one.id for one in chosen}
    if office_to and not whole:
        raise UserError(N_("An office is handed over as a whole, with all its networks. Choose all of them."))
    only = None if whole else records_of(session, {one.id for one in chosen})
    vector = exporting.known(session)
    last = {UUID(device): ranges[-1][1] for device, ranges in vector.items()}
    return Contents(
        workspace=database.id,
        device=(database.device or Device.recognise(database.id, last)).id,
        label=platform.node(),
        officer=database.officer,
        scope=Scope(
            networks=tuple(sorted(one.country for one in chosen)),
            whole=whole,
            files=files,
            office=bool(office_to),
        ),
        to=office_to,
        changesets=exporting.exported(session, only=only),
        vector=vector,
        devices=exporting.devices(session),
        blobs=_files(database, session, only) if files else {},
        blob=database.blobs.pieces,
        readable={plain_copy.NAME: plain_copy.register(session, only), **papers},
    )


def _files(database: Database, session: Session, only: Collection[UUID] | None) -> dict[str, int]:
    """The bytes that the records refer to and that are here."""
    wanted = {
        digest
        for column in (Attachment.sha256, IssuedDocument.sha256, Network.logo_sha256)
        for key, digest in session.execute(select(column.class_.id, column))
        if only is None or key in only
    }
    return {digest: size for digest, size in database.blobs.sizes().items() if digest in wanted}

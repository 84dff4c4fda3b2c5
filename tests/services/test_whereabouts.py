"""Where a workspace may lie: never on a stick, a network drive or in a cloud folder, and no false alarm elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from unnm_desktop.services import whereabouts
from unnm_desktop.services.whereabouts import Danger, Mount

DISK = Mount(Path("/"), "/dev/sda2", "ext4")


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """What Linux tells of its disks: a fixed one, a stick, and a card reader's."""
    folder = tmp_path / "block"
    folder.mkdir()
    for name, where, removable in (
        ("sda", "pci0/ata1/sda", "0"), ("sdb", "pci0/usb1/1-2/sdb", "1"), ("sdc", "pci0/usb1/1-3/sdc", "0"),
        ("mmcblk0", "pci0/mmc0/mmcblk0", "0"), ("sr0", "pci0/ata2/sr0", "1"),
    ):  # fmt: skip
        disk = tmp_path / "devices" / where
        part = disk / f"{name}1"
        part.mkdir(parents=True)
        (disk / "removable").write_text(f"{removable}\n", encoding="ascii")
        (folder / name).symlink_to(disk)
        (folder / f"{name}1").symlink_to(part)
    return folder


@pytest.mark.parametrize(
    ("mount", "found"),
    [
        (Mount(Path("/media/amina/STICK"), "/dev/sdb1", "vfat"), Danger.REMOVABLE),
        (Mount(Path("/media/amina/Big disk"), "/dev/sdc1", "ext4"), Danger.REMOVABLE),
        (Mount(Path("/media/cd"), "/dev/sr01", "iso9660"), Danger.REMOVABLE),
        (Mount(Path("/mnt/office"), "//server/share", "cifs"), Danger.NETWORK),
        (Mount(Path("/home"), "server:/home", "nfs4"), Danger.NETWORK),
        (Mount(Path("/home/amina/far"), "amina@far:", "fuse.sshfs"), Danger.NETWORK),
        (Mount(Path("/home"), "/dev/sda1", "ext4"), None),
        (Mount(Path("/home"), "/dev/mmcblk01", "ext4"), None),
        (Mount(Path("/tmp"), "tmpfs", "tmpfs"), None),  # noqa: S108 - a name
        (Mount(Path("/"), "/dev/sdb1", "ext4"), None),
        (Mount(Path("/home"), "/dev/mapper/home", "ext4"), None),
    ],
)
def test_what_lies_behind_a_folder_is_told(mount: Mount, found: Danger | None, blocks: Path) -> None:
    path = mount.place / "work" / "office.unnm"
    assert whereabouts.on_mounts(path, [DISK, mount], blocks) is found


def test_the_nearest_mount_counts(blocks: Path) -> None:
    share = Mount(Path("/mnt/office"), "//server/share", "cifs")
    inner = Mount(Path("/mnt/office/local"), "/dev/sda1", "ext4")
    assert whereabouts.on_mounts(Path("/mnt/office/local/a.unnm"), [DISK, inner, share], blocks) is None
    assert whereabouts.on_mounts(Path("/mnt/office2/a.unnm"), [DISK, share], blocks) is None


@pytest.mark.parametrize(
    ("folders", "synced"),
    [
        ("Dropbox/Office", True),
        ("OneDrive - United Nations/Documents", True),
        ("Library/Mobile Documents", True),
        ("Nextcloud", True),
        ("Documents/Dropbox notes", False),
        ("Documents/Box", False),
        ("Sync of minds", False),
    ],
)
def test_known_cloud_folders_are_told_by_name(folders: str, synced: bool) -> None:
    assert whereabouts.is_synced(Path("/home/amina") / folders / "office.unnm") is synced


def test_a_folder_kept_in_step_is_told_by_what_lies_in_it(tmp_path: Path) -> None:
    path = tmp_path / "Office" / "papers" / "office.unnm"
    path.parent.mkdir(parents=True)
    assert not whereabouts.is_synced(path)
    (tmp_path / "Office" / ".stfolder").mkdir()
    assert whereabouts.danger_of(path) is Danger.SYNCED


def test_a_folder_of_this_computer_raises_no_alarm(tmp_path: Path) -> None:
    assert whereabouts.danger_of(tmp_path / "office.unnm") is None
    assert whereabouts.danger_of(tmp_path / "not" / "there" / "office.unnm") is None

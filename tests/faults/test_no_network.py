"""The program asks nothing of any network: it works where there is none, and a test that asks fails."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.media import not_tested, want

ROOT = Path(__file__).parent.parent.parent
SHORT = ("tests/services/handover/test_package.py",)


def test_asking_a_network_fails_a_test() -> None:
    """The control: without it the hook in tests/conftest.py would prove nothing."""
    with socket.socket() as asking, pytest.raises(AssertionError, match="was asked for"):
        asking.connect(("127.0.0.1", 9))


def test_packages_are_made_and_opened_without_any_network() -> None:
    want("unshare")
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        not_tested("a process cannot be cut off from the network here")
    suite = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *SHORT]
    done = subprocess.run(["unshare", "-n", *suite], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]

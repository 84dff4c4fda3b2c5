"""python -m unnm_desktop."""

from __future__ import annotations

import sys

from unnm_desktop.cli import main

sys.exit(main())

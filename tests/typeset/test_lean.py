"""A document that is only looked at is drawn without what files that are kept, or pictures, need."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

from tests.typeset import sample
from unnm_desktop.paths import resource
from unnm_desktop.typeset.document import drawn_bytes, render_bytes
from unnm_desktop.typeset.packing import packed

DRAWS = """
import sys
from tests.typeset import sample
from unnm_desktop.typeset.document import drawn_bytes
drawn_bytes(sample.blocks("ar"), sample.furniture("ar"))
print(sorted({"PIL", "pikepdf", "fontTools.ttLib", "urllib.request", "email"} & set(sys.modules)))
"""
ROOT = Path(__file__).parent.parent.parent


def test_a_preview_is_drawn_without_pillow_and_without_packing() -> None:
    done = subprocess.run([sys.executable, "-c", DRAWS], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"


def test_a_packed_file_stays_as_it_is() -> None:
    kept = render_bytes(sample.blocks("en"), sample.furniture("en"))
    assert kept == packed(drawn_bytes(sample.blocks("en"), sample.furniture("en"))) == packed(kept)


def test_the_face_of_signs_is_the_one_its_script_draws() -> None:
    drawn = runpy.run_path(str(ROOT / "scripts" / "signs.py"))["made"]()
    assert drawn == resource("fonts", "signs.ttf").read_bytes()

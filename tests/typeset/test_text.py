"""Blocks as plain text."""

from __future__ import annotations

import sys

import pytest

from tests.typeset import sample
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.text import as_text


def test_a_table_reads_as_rows():
    table = b.Table(
        (b.Column("Task"), b.Column("State")),
        (b.GroupRow("Team"), ("Send\nminutes", b.Pill("Done", "good")), (b.Mark("present", "Present"), "x")),
        caption="Actions",
        total=("Sum", "2"),
    )
    assert as_text([table]) == "Actions\nTask | State\n-- Team --\nSend / minutes | [Done]\n● Present | x\n= Sum | 2\n"


def test_headings_lists_and_boxes_read_well():
    blocks = [
        b.Heading("One"),
        b.Bullets(("a", b.ListItem("b", 1), "c"), numbered=True),
        b.DecisionBox("D01", "Adopt.", "Adopted"),
        b.Paragraph((b.Span("bold", bold=True), b.Span(" "), b.Span("un", link="https://un.org"))),
    ]
    assert as_text(blocks) == (
        "One\n===\n\n1. a\n  - b\n2. c\n\n[D01 | Adopted]\nAdopt.\n\n**bold** un <https://un.org>\n"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_in_the_sample_can_be_read(language):
    text = as_text(sample.blocks(language), sample.furniture(language))
    for block in sample.blocks(language):
        if isinstance(block, b.Heading):
            assert text.count(block.text) >= 2
    assert "UNNM/KWT/2026/R01" in text
    assert "object at" not in text


def test_blocks_and_text_load_without_reportlab():
    import subprocess

    code = "import sys, unnm_desktop.typeset.blocks, unnm_desktop.typeset.text; print('reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

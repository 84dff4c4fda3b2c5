"""Every document of the sample year says what its golden text says."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from tests import regenerate_golden


def test_documents_say_what_the_golden_texts_say(sample: Session) -> None:
    made = dict(regenerate_golden.texts(sample))
    kept = {path.name: path.read_text(encoding="utf-8") for path in regenerate_golden.FOLDER.glob("*.txt")}
    assert made.keys() == kept.keys()
    changed = sorted(name for name, text in made.items() if text != kept[name])
    assert not changed, f"run `make reports` and read the difference: {changed}"


def test_the_report_of_a_merge_says_what_its_golden_text_says(home: Path, tmp_path: Path) -> None:
    made = dict(regenerate_golden.merge_texts(tmp_path))
    kept = {path.name: path.read_text(encoding="utf-8") for path in regenerate_golden.MERGED.glob("*.txt")}
    assert made.keys() == kept.keys()
    changed = sorted(name for name, text in made.items() if text != kept[name])
    assert not changed, f"run `make reports` and read the difference: {changed}"


def test_no_document_uses_an_ambiguous_word(sample: Session) -> None:
    for name, text in regenerate_golden.texts(sample):
        for word in ("bi-monthly", "bimonthly", "bi-annual", "biannual", "vote counter", "None", "UUID"):
            assert word not in text, (name, word)

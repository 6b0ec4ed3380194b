"""What the typefaces can write."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder

from app.printing.fonts import covered, files, missing
from app.printing.rules import month

RARE = "䶮㛃㼆㙍䲟玥镕昇珺喆龘𠮷𡈽𰻝𬭊𫖯"


def test_rare_characters_of_names_can_be_written() -> None:
    assert missing(f"陈思远 {RARE} Anna-Maria·古丽 〇") == []


def test_every_character_of_gb_18030_level_two_is_there() -> None:
    written = covered(files()[0])
    assert set(range(0x4E00, 0x9FA6)) <= written
    assert set(range(0x3400, 0x4DB6)) <= written


def test_a_typeface_without_a_table_for_all_of_unicode_is_none_of_ours(tmp_path: Path) -> None:
    small = FontBuilder(unitsPerEm=1000, isTTF=True)
    small.setupGlyphOrder([".notdef", "A"])
    small.setupCharacterMap({ord("A"): "A"})
    small.setupMaxp()
    small.save(tmp_path / "small.ttf")
    with pytest.raises(ValueError, match=r"small\.ttf"):
        covered(tmp_path / "small.ttf")


def test_what_is_missing_is_named_once_each() -> None:
    assert missing("陈𦶜𦶜 a\n\u200b\ue5f1") == ["𦶜", "\ue5f1"]


@pytest.mark.parametrize(("batch", "shown"), [("202612", "2026年12月"), ("202606", "2026年6月"), ("", ""), ("?", "?")])
def test_a_batch_is_shown_as_a_month(batch: str, shown: str) -> None:
    assert month(batch) == shown

"""Every setting stands in README's table, and nothing else does."""

from __future__ import annotations

import re

import pytest

from app.config import Settings
from tests.house.tree import ROOT

TABLE_ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]*)`", re.MULTILINE)
RESERVED = {"REDIS_URL"}
READMES = ["README.md", "README.zh-CN.md"]


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_documented_and_no_other(readme: str) -> None:
    documented = set(TABLE_ROW.findall((ROOT / readme).read_text()))
    assert documented - RESERVED == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_describes_itself(name: str) -> None:
    assert (Settings.model_fields[name].description or "").endswith(".")

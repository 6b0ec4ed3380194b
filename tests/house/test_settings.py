"""Every setting stands in the tables of docs/, and nothing else does."""

from __future__ import annotations

import re

import pytest

from app.config import Settings
from tests.house.tree import ROOT

TABLE_ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]*)`", re.MULTILINE)
RESERVED = {"REDIS_URL"}
TABLES = ["settings.md", "settings.zh-CN.md"]


@pytest.mark.parametrize("table", TABLES)
def test_every_setting_is_documented_once_and_no_other(table: str) -> None:
    documented = TABLE_ROW.findall((ROOT / "docs" / table).read_text())
    assert set(documented) - RESERVED == {name.upper() for name in Settings.model_fields}
    assert len(documented) == len(set(documented))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_describes_itself(name: str) -> None:
    assert (Settings.model_fields[name].description or "").endswith(".")

"""The layouts of lists: which columns, what they are called, how wide, in which formats. Each is a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from app.exports.field_rules import FIELDS

OURS = Path(__file__).with_name("layouts")
DBF_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,9}")
WIDEST_IN_DBF = 254
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ExportKind(StrEnum):
    """What is exported: photos with their list, a list of those who are to graduate, or of all applications."""

    PHOTOS = "photos"
    PEOPLE = "people"
    APPLICATIONS = "applications"


class ListFormat(StrEnum):
    """In which format a list is written."""

    XLSX = "xlsx"
    CSV = "csv"
    DBF = "dbf"


class ListColumn(BaseModel):
    """One column: a field of ours (`field`), or the same `value` in every row. `codes` replaces values; `width` is in
    bytes of cp936, as dbf counts, and about the characters that a cell shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str = Field(min_length=1, max_length=40)
    field: str = ""
    value: str = ""
    width: int = Field(ge=1, le=WIDEST_IN_DBF)
    codes: Mapping[str, str] = Field(default_factory=dict)
    required: bool = False

    @field_validator("field")
    @classmethod
    def _known(cls, name: str) -> str:
        if name and name not in FIELDS:
            raise ValueError(f"there is no field {name}; there are {', '.join(FIELDS)}")
        return name

    def text(self, facts: Mapping[str, str]) -> str:
        """What stands in this column for somebody."""
        found = facts[self.field] if self.field else self.value
        return self.codes.get(found, found)


class ExportLayout(BaseModel):
    """A list as somebody wants it. `source` says where the columns are from; `name` is that of its file; that with the
    lowest `order` is offered first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME)
    title: str = Field(min_length=1, max_length=60)
    title_en: str = Field("", max_length=80)
    source: str = Field(min_length=1)
    order: int = 50
    kinds: tuple[ExportKind, ...] = Field(min_length=1)
    formats: tuple[ListFormat, ...] = (ListFormat.XLSX, ListFormat.CSV)
    columns: tuple[ListColumn, ...] = Field(min_length=1, max_length=120)

    @model_validator(mode="after")
    def _fits(self) -> ExportLayout:
        headings = [column.heading for column in self.columns]
        if twice := {each for each in headings if headings.count(each) > 1}:
            raise ValueError(f"columns that stand twice: {', '.join(sorted(twice))}")
        long = [each for each in headings if not DBF_NAME.fullmatch(each)]
        if ListFormat.DBF in self.formats and long:
            raise ValueError(f"dbf wants up to ten capitals and digits as heading: {', '.join(long)}")
        return self

    def named(self, language: str) -> str:
        """Its title in this language."""
        return self.title_en if language == "en" and self.title_en else self.title


class WrongLayout(Exception):
    """A file of a layout that cannot be used; says which and why."""


def layouts(own: Path | None = None) -> Mapping[str, ExportLayout]:
    """Every layout by name: ours, and those of an operator's own folder, which may replace ours. Raises WrongLayout."""
    folders = [OURS, *([own] if own and own.is_dir() else [])]
    found = [_read(file) for folder in folders for file in sorted(folder.glob("*.toml"))]
    return MappingProxyType({layout.name: layout for layout in found})


def layouts_for(kind: ExportKind, every: Mapping[str, ExportLayout]) -> list[ExportLayout]:
    """Those in which a list of this kind can be written."""
    return sorted((layout for layout in every.values() if kind in layout.kinds), key=lambda layout: layout.order)


def _read(file: Path) -> ExportLayout:
    try:
        return ExportLayout(name=file.stem, **tomllib.loads(file.read_text("utf-8")))
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, each['loc'])) or 'layout'}: {each['msg']}" for each in error.errors()]
        raise WrongLayout(f"{file.name}: {'; '.join(lines)}") from None
    except (OSError, TypeError, ValueError) as error:
        raise WrongLayout(f"{file.name}: {error}") from None

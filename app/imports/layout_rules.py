"""How a list of others is laid out: which heading is which field, what may stand below it. Layouts are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.base.json_values import JsonObject
from app.identity import record_rules

OURS = Path(__file__).with_name("layouts")
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
CellType = Literal["text", "id", "choice", "date", "month", "moment", "number", "score", "flag"]


class BadLayout(ValueError):
    """A layout file is wrong; the text says which, and where."""


class Column(BaseModel):
    """One column. `headings`: all that are accepted, the first is what our template writes.

    `choices` (or the name of a `vocabulary` of app.identity.record_rules) is what a choice may be, `codes` what others
    write for it; `digits`: exactly so many; `shortest`: at least so many; `example` stands in the template.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    headings: list[str] = Field(min_length=1)
    type: CellType = "text"
    required: bool = False
    longest: int = Field(60, ge=1, le=1000)
    digits: int | None = Field(None, ge=1, le=30)
    shortest: int = Field(0, ge=0, le=30)
    choices: tuple[str, ...] = ()
    codes: dict[str, str] = Field(default_factory=dict)
    check: Literal["resident_id"] | None = None
    example: str = ""

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, given: JsonObject) -> JsonObject:
        name = str(given.get("vocabulary") or "")
        words = getattr(record_rules, name, None) if name else given.get("choices", ())
        if not isinstance(words, tuple | list):
            raise ValueError(f"there is no vocabulary {name}")
        return {key: value for key, value in given.items() if key != "vocabulary"} | {"choices": words}

    @model_validator(mode="after")
    def _fits(self) -> Column:
        if self.type == "choice" and not self.choices:
            raise ValueError(f"{self.field}: a choice needs choices or a vocabulary")
        if unknown := set(self.codes.values()) - set(self.choices):
            raise ValueError(f"{self.field}: codes for what is no choice: {', '.join(sorted(unknown))}")
        return self

    @property
    def blank(self) -> str | int | bool | None:
        """What an empty cell says."""
        return {"number": 0, "flag": None, "date": None, "moment": None}.get(self.type, "")


class Layout(BaseModel):
    """The columns of one kind of list. `name` is the file's; `source` says where it is known from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    kind: str
    title: str
    source: str = Field(min_length=1)
    note: str = ""
    columns: list[Column] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Layout:
        for what, each in (
            ("field", [column.field for column in self.columns]),
            ("heading", [plain_heading(words) for column in self.columns for words in column.headings]),
        ):
            if twice := sorted({one for one in each if each.count(one) > 1}):
                raise ValueError(f"a {what} stands twice: {', '.join(twice)}")
        return self

    @property
    def plain_title(self) -> str:
        """Without what stands in brackets."""
        return self.title.partition("（")[0]

    @property
    def fields(self) -> dict[str, Column]:
        """The columns by their field."""
        return {column.field: column for column in self.columns}


def plain_heading(words: str) -> str:
    """A heading without what people put around it: blanks, a star, a remark in brackets."""
    words = re.sub(r"[\s　\ufeff*＊:：]", "", words)
    return re.sub(r"[（(].*?[)）]$", "", words).upper() or words.upper()


def read_layout(path: Path) -> Layout:
    """One file. Raises BadLayout."""
    if not NAME.fullmatch(path.stem):
        raise BadLayout(f"{path}: a layout's name is of small letters, digits and -")
    try:
        return Layout(**tomllib.loads(path.read_text(encoding="utf-8")) | {"name": path.stem})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, TypeError) as error:
        raise BadLayout(f"{path}: {error}") from error


def layouts_of(own: Path | None = None) -> dict[str, Layout]:
    """Ours, and those of the operator's folder, which replace ours of the same name; by name. Raises BadLayout."""
    return {path.stem: read_layout(path) for path in _files(own)}


def _files(own: Path | None) -> Iterator[Path]:
    for folder in (OURS, own):
        if folder and folder.is_dir():
            yield from sorted(folder.glob("*.toml"))

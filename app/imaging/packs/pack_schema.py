"""The shape of a rule pack. What does not fit is refused when the pack is loaded."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

NAMED = ("file_size", "derived_size", "resolution", "hair_line", "eye_line", "face_width", "centring")
REASONS = ("too_large", "damaged", "truncated", "trailing", "pixels", "frames", "scans", "depth", "kind")


class Strict(BaseModel):
    """Unknown keys and wrong types are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Words(Strict):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Number(Strict):
    """A number, and where it comes from."""

    value: int | float = Field(gt=0)
    source: str = Field(min_length=1)


class Gate(Strict):
    """What is refused before decoding."""

    max_pixels: Number
    max_scans: Number


class Crop(Strict):
    """The registered picture, in px: the frame in which the geometry of the face is stated."""

    width: Number
    height: Number

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return int(self.width.value), int(self.height.value)


class Colour(Strict):
    """A colour of the background: sRGB, 0–255 each."""

    rgb: Annotated[list[Annotated[int, Field(ge=0, le=255)]], Field(min_length=3, max_length=3)]
    source: str = Field(min_length=1)


class Background(Strict):
    """The colours that the wall may have."""

    allowed: Annotated[list[Colour], Field(min_length=1)]

    @property
    def rgb(self) -> list[list[int]]:
        """Them alone."""
        return [colour.rgb for colour in self.allowed]


class Derived(Strict):
    """The file that is registered: a JPEG of at least this quality; the check `derived_size` states its bytes."""

    dpi: Number
    min_quality: Number


class Phone(Strict):
    """How the phone differs: it holds limits tighter by `margin`, a share of them; `gallery` allows stored pictures."""

    margin: Number
    gallery: bool


class Rule(Strict):
    """One check: limits (inclusive, in `unit`), the strongest verdict it may give, advice by direction or reason.

    `phone`: whether the phone measures it live, coarsely, or only hints at it.
    """

    unit: str = ""
    low: int | float | None = None
    high: int | float | None = None
    says: Literal["refuse", "warn", "inform"]
    phone: Literal["no", "hint", "coarse", "yes"] = "no"
    source: str = Field(min_length=1)
    advice: dict[str, Words]

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Low and high."""
        return self.low, self.high

    @property
    def bounds(self) -> tuple[float, float]:
        """Low and high, where nothing stated is no limit."""
        return self.low or 0, float("inf") if self.high is None else self.high

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        for limit, direction in ((self.low, "too_low"), (self.high, "too_high")):
            if limit is not None and direction not in self.advice:
                raise ValueError(f"advice.{direction} is missing")
        return self


class Rules(Strict):
    """A whole pack."""

    name: str
    version: str = Field(pattern=r"^\d{4}\.\d{1,2}(\.\d+)?$")
    title: Words
    inherits: str | None = None
    gate: Gate
    crop: Crop
    background: Background
    derived: Derived
    phone: Phone
    unsure: Words
    checks: dict[str, Rule]

    @model_validator(mode="after")
    def _named(self) -> Self:
        missing = [name for name in ("readable", *NAMED) if name not in self.checks]
        if missing:
            raise ValueError(f"checks.{missing[0]} is missing")
        silent = [reason for reason in REASONS if reason not in self.checks["readable"].advice]
        if silent:
            raise ValueError(f"checks.readable.advice.{silent[0]} is missing")
        return self

    @property
    def least_sides(self) -> tuple[int, int]:
        """Width and height in px that an upright picture needs: the check `resolution` states the width."""
        width = self.checks["resolution"].low or 0
        return int(width), round(width * self.crop.height.value / self.crop.width.value)

"""The schema of a rule pack, checked when a pack is loaded."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

NAMED = ("file_size", "derived_size", "resolution", "hair_line", "eye_line", "face_width", "centring")
REASONS = ("too_large", "damaged", "truncated", "trailing", "pixels", "frames", "scans", "depth", "kind")


class Strict(BaseModel):
    """Unknown keys and wrong types are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class BilingualText(Strict):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class SourcedNumber(Strict):
    """A number and its source."""

    value: int | float = Field(gt=0)
    source: str = Field(min_length=1)


class GateLimits(Strict):
    """Limits that are checked before decoding."""

    max_pixels: SourcedNumber
    max_scans: SourcedNumber


class CropSize(Strict):
    """Size of the crop, which is the registered picture, in px; the geometry of the face is stated in it."""

    width: SourcedNumber
    height: SourcedNumber

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return int(self.width.value), int(self.height.value)


class AllowedColour(Strict):
    """An allowed colour of the background: sRGB, 0–255 each."""

    rgb: Annotated[list[Annotated[int, Field(ge=0, le=255)]], Field(min_length=3, max_length=3)]
    source: str = Field(min_length=1)


class BackgroundRules(Strict):
    """The allowed colours of the background."""

    allowed: Annotated[list[AllowedColour], Field(min_length=1)]

    @property
    def rgb(self) -> list[list[int]]:
        """The colours without their sources."""
        return [colour.rgb for colour in self.allowed]


class PhotoFile(Strict):
    """The registered photo: a JPEG of at least this quality; the check `derived_size` states its limits in bytes."""

    dpi: SourcedNumber
    min_quality: SourcedNumber


class PhoneRules(Strict):
    """On the phone limits are tighter by a share of them: `margin`, or `coarse_margin` where it has no landmarks;
    `gallery` allows pictures from the gallery."""

    margin: SourcedNumber
    coarse_margin: SourcedNumber
    gallery: bool


class CheckRule(Strict):
    """The rule of one check: limits (inclusive, in `unit`), severity, advice by direction or reason.

    `severity` is the strongest verdict it may give; `phone`: whether the phone measures it, coarsely, or as a hint;
    `margin`: how far the phone may err, a share of the limits, where that is not the pack's.
    """

    unit: str = ""
    low: int | float | None = None
    high: int | float | None = None
    severity: Literal["refuse", "warn", "inform"]
    phone: Literal["no", "hint", "coarse", "yes"] = "no"
    margin: float | None = None
    source: str = Field(min_length=1)
    advice: dict[str, BilingualText]

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Low and high."""
        return self.low, self.high

    @property
    def bounds(self) -> tuple[float, float]:
        """Low and high as numbers: 0 and infinity where there is no limit."""
        return self.low or 0, float("inf") if self.high is None else self.high

    @property
    def middle(self) -> float:
        """Half way between low and high."""
        return ((self.low or 0) + (self.high or 0)) / 2

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        for limit, direction in ((self.low, "too_low"), (self.high, "too_high")):
            if limit is not None and direction not in self.advice:
                raise ValueError(f"advice.{direction} is missing")
        return self


class PackContent(Strict):
    """The content of a pack file, after inheritance."""

    name: str
    version: str = Field(pattern=r"^\d{4}\.\d{1,2}(\.\d+)?$")
    title: BilingualText
    inherits: str | None = None
    gate: GateLimits
    crop: CropSize
    background: BackgroundRules
    registered_photo: PhotoFile
    phone: PhoneRules
    unsure: BilingualText
    checks: dict[str, CheckRule]

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
    def guide_oval(self) -> tuple[float, float, float, float]:
        """Where the guide puts a face in the crop, as left, top, right, bottom of an oval from the brows (hair over the
        forehead is not a dark face) to the chin."""
        hair, eyes, face = (self.checks[check].middle for check in ("hair_line", "eye_line", "face_width"))
        centre, reach = self.crop.width.value / 2, 0.4 * face
        return centre - reach, (hair + 2 * eyes) / 3, centre + reach, 2 * eyes - hair

    @property
    def least_sides(self) -> tuple[int, int]:
        """Least width and height in px of an upright picture; the check `resolution` states the width."""
        width = self.checks["resolution"].low or 0
        return int(width), round(width * self.crop.height.value / self.crop.width.value)

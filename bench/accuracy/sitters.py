"""People to place before a wall: those that packages carry, and those of the folder FACES with its `index.csv`."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from app.imaging.intake.decode import decode
from app.imaging.packs.pack import load
from app.imaging.scene.crop import Head
from app.imaging.scene.scene import Scene
from bench.accuracy.faces import FACES, layer
from bench.accuracy.portraits import jpeg

PACK = load()
BEST = 98  # quality of a JPEG that loses next to nothing
CROWN = 0.35  # of the face's width: as much of the top of a head is made up where the photograph cuts it off
CHIN = 0.85  # of the face's width below the eyes
GENERATED = "ai_generated"
SEVERAL = ("group", "hand_over_face", "blurred")


class NotUsable(ValueError):
    """The picture cannot stand for a person before a wall; the text says why."""


@dataclass(frozen=True, eq=False)
class Sitter:
    """A person: `photograph` RGB, or RGBA where it is cut out already; `enlarged` before, so that more is no matter."""

    name: str
    source: str
    tags: frozenset[str]
    photograph: Callable[[], Image.Image]
    enlarged: bool = False

    @property
    def generated(self) -> bool:
        """Not a photograph."""
        return GENERATED in self.tags

    def forget(self) -> None:
        """Free the memory of the picture."""
        self.__dict__.pop("cut", None)

    @cached_property
    def cut(self) -> Cut:
        """The person alone. Raises NotUsable."""
        image = self.photograph()
        white = Image.new("RGBA", image.size, "white")
        body = jpeg(Image.alpha_composite(white, image.convert("RGBA")).convert("RGB"), BEST)
        scene = Scene(len(body), decode(body, "image/jpeg", PACK, enough=max(image.size)), PACK)
        if scene.head is None or scene.head.hair is None:
            raise NotUsable("no face")
        if image.mode != "RGBA":
            image = image.convert("RGB")
            image.putalpha(_mask(scene, image.size))
        times = image.width / scene.view.width
        hair, eyes, width, centre = (times * each for each in astuple(scene.head))
        return _crowned(image, Head(hair, eyes, width, centre))


@dataclass(frozen=True, eq=False)
class Cut:
    """A person cut out, RGBA, and the head in its px."""

    image: Image.Image
    head: Head

    @cached_property
    def mask(self) -> np.ndarray:
        """Where the person is."""
        return np.asarray(self.image.getchannel("A")) > 127

    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where the outline leaves the picture on the left and on the right, for the body to go on from there.

        Raises NotUsable where the hair is cut off at a side.
        """
        lowest = self.mask.shape[0] - 1
        row = np.flatnonzero(self.mask[lowest - 2])
        if not row.size:
            raise NotUsable("no body")
        sides = [np.flatnonzero(self.mask[:, column]) for column in (1, self.mask.shape[1] - 2)]
        if any(side.size and side[0] < self.head.eyes + CHIN * self.head.width for side in sides):
            raise NotUsable("hair cut off at a side")
        left, right = (
            (float(corner), float(side[0] if side.size else lowest))
            for side, corner in zip(sides, (row[0], row[-1]), strict=True)
        )
        return left, right


def sitters() -> Iterator[Sitter]:
    """Everybody there is: of packages, then of FACES, where it is set."""
    for face in FACES:
        yield Sitter(face.name, "packages", frozenset(), lambda face=face: layer(face).copy(), enlarged=True)  # type: ignore[misc]
    folder = os.environ.get("FACES")
    for row in _listed(Path(folder)) if folder else ():
        tags = frozenset(row["tags"].split())
        path = Path(str(folder)) / row["file"]
        if not tags & set(SEVERAL):
            yield Sitter(row["file"], row["source"], tags, lambda path=path: Image.open(path).convert("RGB"))  # type: ignore[misc]


def _listed(folder: Path) -> list[dict[str, str]]:
    with io.TextIOWrapper((folder / "index.csv").open("rb"), "utf-8") as table:
        return list(csv.DictReader(table))


def _crowned(image: Image.Image, head: Head) -> Cut:
    """With the top of the head where a little of it is cut off: round, of the hair below. Raises NotUsable."""
    mask = np.asarray(image.getchannel("A")) > 127
    top = np.flatnonzero(mask[2])
    if not top.size:
        return Cut(image, head)
    above = mask[: int(head.eyes)].sum(axis=1)
    chord = min(1.0, top.size / float(above.max()))
    missing = round(0.6 * float(above.max()) * (1 - math.sqrt(1 - chord**2)))
    if missing > CROWN * head.width or missing >= head.eyes:
        raise NotUsable("top of the head cut off")
    crown = ImageOps.flip(image.crop((0, 2, image.width, 2 + missing)))
    dome = Image.new("L", (4 * crown.width, 4 * crown.height))
    ImageDraw.Draw(dome).ellipse((4 * int(top[0]), 0, 4 * int(top[-1]), 8 * missing), fill=255)
    crown.putalpha(dome.resize(crown.size, Image.Resampling.BOX)) if missing else None
    whole = Image.new("RGBA", (image.width, image.height + missing))
    whole.paste(crown, (0, 0))
    whole.paste(image.crop((0, 2, image.width, image.height)), (0, missing))
    shift = missing - 2
    return Cut(whole, replace(head, hair=0.0, eyes=head.eyes + shift))


def _mask(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """As the network sees it, with an edge of a few px that takes no more of the old background along than it must."""
    rough = scene.silhouette.filter(ImageFilter.GaussianBlur(2)).resize(size, Image.Resampling.BILINEAR)
    return rough.point(lambda level: max(0, min(255, 3 * (level - 170))))

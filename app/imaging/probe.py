"""The verdict on a picture from its crop alone: asked for on a slow link, before the whole is sent.

The crop that is sent is small (480×640 and a little more); what it cannot show is told: the size of the whole file and
picture, and how many px of it the crop is wide. Nothing that is told counts later: the whole is inspected anew.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

from app.imaging.checks import ALL
from app.imaging.checks.check import Check, judge
from app.imaging.intake.decode import Picture
from app.imaging.packs.pack import Pack
from app.imaging.report import Finding
from app.imaging.scene.scene import Scene

OF_THE_FILE = {"resolution", "compression", "upscaled", "recapture"}  # what only the whole file shows
OF_DETAIL = {"derived_size", "sharpness", "motion_blur"}  # what a crop does not show that has to be enlarged
ENLARGED = 1.15


@dataclass(frozen=True)
class WholeFacts:
    """Of the whole: its bytes, width and height in px once turned; `across`: how many of them the crop is wide."""

    bytes: int
    width: int
    height: int
    across: int

    def as_list(self) -> list[int]:
        """For a worker."""
        return list(astuple(self))


def findings(crop: Picture, told: WholeFacts, pack: Pack) -> list[Finding]:
    """What the checks say that can be told from the crop; those that cannot are left out."""
    covered = replace(crop, width=told.across, height=max(1, round(crop.height * told.across / crop.width)), tables={})
    scene = Scene(told.bytes, replace(covered, again=None), pack)
    width, height = pack.crop.size
    usable = min(told.width, told.height * width / height)
    return [
        judge("resolution", usable, pack.checks["resolution"]),
        *(check.find(scene, pack.checks[check.name]) for check in _seen_in(scene)),
    ]


def _seen_in(scene: Scene) -> list[Check]:
    """The checks for which this crop is large enough."""
    hidden = OF_THE_FILE | (OF_DETAIL if _enlarged(scene) > ENLARGED else set())
    return [check for check in ALL if check.name not in hidden]


def _enlarged(scene: Scene) -> float:
    """How many px of the registered picture are made of one that was sent."""
    return scene.crop.scale * scene.view.width / scene.picture.image.width

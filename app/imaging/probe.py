"""The verdict on a picture from its crop alone: asked for on a slow link, before the whole is sent.

The crop that is sent is small (480×640, or more where it still has to be searched); what it cannot show is told: the
size of the whole file and picture, and how many px of it the crop is wide. Nothing that is told counts later: the whole
is inspected anew. So that nobody retakes a picture that would pass, what is hardly beyond a limit is not refused here.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

from app.imaging.checks import ALL
from app.imaging.checks.check import Check, judge
from app.imaging.intake.decode import Picture
from app.imaging.packs.pack import Pack
from app.imaging.report import Finding, Verdict
from app.imaging.scene.scene import Scene

OF_THE_FILE = {"file_size", "resolution", "compression", "upscaled", "recapture"}  # what only the whole file shows
OF_DETAIL = {"derived_size", "sharpness", "motion_blur"}  # what a crop does not show that has to be enlarged
ENLARGED = 1.15
NEAR = 0.03  # of the range of a limit: what the crop and the whole may differ by


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
        judge("file_size", told.bytes, pack.checks["file_size"]),
        judge("resolution", usable, pack.checks["resolution"]),
        *(_surely(check.find(scene, pack.checks[check.name])) for check in _seen_in(scene)),
    ]


def _seen_in(scene: Scene) -> list[Check]:
    """The checks for which this crop is large enough."""
    hidden = OF_THE_FILE | (OF_DETAIL if _enlarged(scene) > ENLARGED else set())
    return [check for check in ALL if check.name not in hidden]


def _surely(finding: Finding) -> Finding:
    """What is so near to its limit that the whole may keep it is a warning at most."""
    value, low, high = finding.value, finding.low, finding.high
    if finding.verdict is not Verdict.REFUSE or value is None:
        return finding
    beyond = max(0 if low is None else low - value, 0 if high is None else value - high)
    span = abs((high or 0) - (low or 0))
    return replace(finding, verdict=Verdict.WARN) if beyond < NEAR * span else finding


def _enlarged(scene: Scene) -> float:
    """How many px of the registered picture are made of one that was sent."""
    return scene.crop.scale * scene.view.width / scene.picture.image.width

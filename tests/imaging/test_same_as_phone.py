"""The server measures what the phone measures: tests/js/same-as-server.test.js reads tests/shared/measures.json too."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from app.imaging import checks
from app.imaging.measuring import MEASURING
from app.imaging.networks.faces import Face, FaceDetector, FaceDetectors
from app.imaging.networks.network import Network as LiteRT
from app.imaging.networks.weights import SHORT_RANGE
from app.imaging.scene.crop import Head, best_crop
from tests.imaging.shared_pictures import HEIGHT, PACK, SHARED, WIDTH, Network, blank, scene_of
from tests.shared.__main__ import FILE, phone_pack

CHECKS = {check.name: check for check in checks.ALL}


def test_the_phone_s_tests_use_the_pack_that_the_phone_gets() -> None:
    assert FILE.read_text("utf-8") == phone_pack(), "after a change of rules: python -m tests.shared"


@pytest.mark.parametrize("picture", SHARED["pictures"], ids=lambda each: str(each["name"]))
def test_the_server_measures_the_same_as_the_phone(picture: dict[str, Any]) -> None:
    scene = scene_of(picture)
    for name, wanted in picture["expected"].items():
        finding = CHECKS[name].find(scene, PACK.checks[name])
        assert finding.value == (wanted["value"] and pytest.approx(wanted["value"], abs=wanted["within"])), name
        assert finding.verdict == wanted["server"], name


@pytest.mark.parametrize("wanted", SHARED["crops"], ids=lambda each: str(each["head"]))
def test_the_server_crops_where_the_phone_does(wanted: dict[str, Any]) -> None:
    found = best_crop((WIDTH, HEIGHT), Head(**wanted["head"]), wanted["finest"], PACK)
    assert vars(found) == pytest.approx(wanted["expected"], abs=1e-6)


@pytest.mark.parametrize("wanted", SHARED["detections"], ids=lambda each: str(each["name"]))
def test_the_server_reads_the_network_of_faces_as_the_phone_does(wanted: dict[str, Any]) -> None:
    detector = FaceDetector(SHORT_RANGE, *((cells, each) for cells, each in MEASURING.faces.anchors))
    detector.network = cast("LiteRT", Network(wanted["found"]))
    faces = detector.find(blank())
    assert [len(faces), *(face.score for face in faces)] == pytest.approx(
        [len(wanted["expected"]), *(each["score"] for each in wanted["expected"])], abs=1e-5
    )
    for face, expected in zip(faces, wanted["expected"], strict=True):
        assert face.box.tolist() == pytest.approx(expected["box"], abs=0.02)
        assert face.points.ravel().tolist() == pytest.approx(expected["points"], abs=0.02)


class CornersOnly:
    """Stands for a detector: sees nothing in the whole view, and a face that fills any part of it."""

    def find(self, view: Image.Image) -> list[Face]:
        filling = Face(np.array([0, 0, *view.size], np.float32), np.zeros((6, 2), np.float32), 1)
        return [] if view.size == (WIDTH, HEIGHT) else [filling]


def test_the_server_looks_for_small_faces_in_the_same_corners() -> None:
    detectors = FaceDetectors()
    detectors.near = detectors.far = cast("FaceDetector", CornersOnly())
    seen = sorted(face.box.tolist() for face in detectors.find(blank()))
    assert [[left, top, right - left] for left, top, right, _bottom in seen] == SHARED["corners"]

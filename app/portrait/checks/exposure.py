"""Brightness of the face, in the bands of ISO/IEC 29794-5."""

from app.portrait.checks.check import Check

CHECKS = (
    Check("under_exposure", lambda scene: scene.luminance_share(0, 25)),
    Check("over_exposure", lambda scene: scene.luminance_share(247, 255)),
    Check("luminance_mean", lambda scene: scene.luminance_mean),
)

"""Size of the file, of the picture, and of the registered photo."""

from app.imaging.checks.check import Check
from app.imaging.scene.scene import Scene


def derived_size(scene: Scene) -> float | None:
    """Bytes of the registered photo, as near to the limits as possible."""
    return len(scene.registered_photo) if scene.registered_photo else None


CHECKS = (
    Check("file_size", lambda scene: scene.size),
    Check("resolution", lambda scene: scene.usable_width),
    Check("derived_size", derived_size),
)

"""What the gate can say about a readable picture, and how large the file to be registered gets."""

from app.imaging.checks.check import Check
from app.imaging.scene.scene import Scene


def derived_size(scene: Scene) -> float | None:
    """Bytes of the file to be registered, as near to the limits as they get."""
    return len(scene.registered) if scene.registered else None


CHECKS = (
    Check("file_size", lambda scene: scene.size),
    Check("resolution", lambda scene: scene.usable_width),
    Check("derived_size", derived_size),
)

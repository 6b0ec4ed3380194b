"""What the gate can say about a readable picture."""

from app.portrait.checks.check import Check

CHECKS = (
    Check("file_size", lambda scene: scene.size),
    Check("resolution", lambda scene: scene.usable_width),
)

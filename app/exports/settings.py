"""What exports read of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class ExportSettings(Protocol):
    """The settings that this slice reads."""

    @property
    def data_dir(self) -> Path:
        """In its folder `layouts/exports` are an operator's own."""
        ...

    @property
    def secret_keys(self) -> list[str]:
        """From which passwords follow, oldest first."""
        ...


def own_layouts(settings: ExportSettings) -> Path:
    """The folder of an operator's own layouts."""
    return settings.data_dir / "layouts" / "exports"

"""The settings that this slice reads."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class ImportSettings(Protocol):
    """Where an operator's own layouts are."""

    @property
    def data_dir(self) -> Path:
        """Its folder `layouts` holds them."""
        ...

"""The code blocks of docs/deploy.md, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.house.tree import ROOT

DOCUMENT = ROOT / "docs" / "deploy.md"
FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """What stands between two fences: `sh` is typed, everything else belongs into a file. `line` is its first one."""

    language: str
    text: str
    line: int


def blocks() -> list[Block]:
    """Every fenced block."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return [
        Block(found["language"], found["text"], text.count("\n", 0, found.start()) + 2)
        for found in FENCED.finditer(text)
    ]

"""Inspect a picture and read the result."""

from __future__ import annotations

import io

from PIL import Image

from app.imaging.inspect import inspect
from app.imaging.packs.pack import load
from app.imaging.report import Finding, Inspection

PACK = load()


def look(body: bytes, declared: str = "image/jpeg") -> Inspection:
    done = inspect(body, declared, PACK)
    assert done.readable == (finding(done, "readable").verdict == "pass")
    return done


def finding(done: Inspection, check: str) -> Finding:
    """What this check, which has run, has found."""
    found = done.report.finding(check)
    assert found, check
    return found


def measure(found: Finding) -> float:
    """What was measured; something was."""
    assert found.value is not None, found.check
    return found.value


def words(found: Finding) -> str:
    """The direction or reason whose advice was given."""
    advice = PACK.checks[found.check].advice
    return next(key for key, each in advice.items() if each.zh == found.advice.zh)


def refused_for(done: Inspection) -> dict[str, str]:
    assert done.report.verdict == "refuse"
    return {each.check: words(each) for each in done.report.findings if each.verdict == "refuse"}


def shown(done: Inspection) -> Image.Image:
    return Image.open(io.BytesIO(done.preview or b""))

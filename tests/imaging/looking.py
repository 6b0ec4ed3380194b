"""Inspect a picture and read the result."""

import io

from PIL import Image

from app.imaging.inspect import inspect
from app.imaging.packs.pack import load

PACK = load()


def look(body, declared="image/jpeg"):
    done = inspect(body, declared, PACK)
    assert done.readable == (done.report.finding("readable").verdict == "pass")
    return done


def words(finding):
    """The direction or reason whose advice was given."""
    advice = PACK.checks[finding.check].advice
    return next(key for key, each in advice.items() if each.zh == finding.advice.zh)


def refused_for(done):
    assert done.report.verdict == "refuse"
    return {each.check: words(each) for each in done.report.findings if each.verdict == "refuse"}


def shown(done):
    return Image.open(io.BytesIO(done.preview))

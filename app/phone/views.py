"""The phone's page, which works without a network once it was opened, and the rule pack that it judges by."""

from __future__ import annotations

import json

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from app.http.assets import Assets, same_for_all
from app.http.provided import provided
from app.imaging.packs.pack import load

pages = Blueprint("phone", __name__, url_prefix="/m")


@pages.get("")
def shell() -> Answer:
    """The page itself: the same for everybody, so that it may be kept and opened without a network."""
    return same_for_all(render_template("phone/page.html"), ".html")


@pages.get("/")
def slash() -> Answer:
    """The address as it is typed with a slash too many."""
    return redirect(url_for("phone.shell"), 308)


@pages.get("/assets.json")
def shell_files() -> Answer:
    """What the service worker keeps."""
    return same_for_all(json.dumps({"version": provided(Assets).version, "urls": provided(Assets).shell}), ".json")


@pages.get("/pack")
def pack() -> Answer:
    """The rule pack: limits, geometry, advice."""
    return same_for_all(json.dumps(load().for_phone(), ensure_ascii=False, separators=(",", ":")), ".json")

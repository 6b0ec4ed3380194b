"""What reviewers do, as their forms say it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from app.application.model import Application
from app.review.rules import DOCUMENTS
from tests.visitors import Visitor
from tests.world import World

ALL_DOCUMENTS = dict.fromkeys(DOCUMENTS, "approve")


def path(application: Application, what: str = "") -> str:
    """The address of a case."""
    return f"/review/{application.tag}{what}"


def hashes(visitor: Visitor) -> dict[str, str]:
    """item → sha256 of what is open on the page that is shown."""
    inputs = {each.get("name", ""): each.get("value", "") for each in visitor.page.all("input")}
    return {name.removeprefix("sha256."): value for name, value in inputs.items() if name.startswith("sha256.")}


def opened(visitor: Visitor, application: Application) -> dict[str, str]:
    """Open the case; the items that are to be decided."""
    visitor.go(path(application))
    return hashes(visitor)


def decide(visitor: Visitor, application: Application, opinion: str = "", **choices: str) -> TestResponse:
    """Open the case and decide: approve, reject, or reject for a reason's code, by item; the bare answer."""
    open_now = opened(visitor, application)
    return say(visitor, application, open_now, opinion, **choices)


def say(
    visitor: Visitor, application: Application, open_now: dict[str, str], opinion: str = "", **choices: str
) -> TestResponse:
    """Send the form of a page that was opened with these hashes."""
    [status] = [each.attrib["value"] for each in visitor.page.all("input") if each.get("name") == "status"]
    fields = {"status": status, "opinion": opinion, "submit": "yes"}
    fields |= {f"sha256.{item}": sha256 for item, sha256 in open_now.items()}
    for item, word in choices.items():
        fields[f"choice.{item}"] = word if word in ("approve", "reject", "perhaps") else "reject"
        if fields[f"choice.{item}"] == "reject" and word != "reject":
            fields[f"reason.{item}"] = word
    return visitor.post(path(application, "/decide"), fields)


def approve_all(visitor: Visitor, application: Application) -> TestResponse:
    """通过 for everything that is open."""
    return decide(visitor, application, **dict.fromkeys(opened(visitor, application), "approve"))


def status_of(world: World, application: Application) -> str:
    """Where it stands now."""
    [row] = world.rows(Application, id=application.id)
    return row.status


def hidden(form: Element) -> dict[str, str]:
    """The hidden fields of a form."""
    return {each.get("name", ""): each.get("value", "") for each in form.iter("input") if each.get("type") == "hidden"}

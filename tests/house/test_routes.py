"""Every route with who may use it. A new route fails here until somebody has decided."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import people
from tests.visitors import Phone, Visitor, announcement
from tests.world import World, picture

SIGNED = "anybody whose request is signed"  # without a cookie of ours; what is not signed is malformed: tests/parent
ROUTES = {
    ("GET", "/"): "anybody",
    ("GET", "/health"): "anybody",
    ("GET", "/ready"): "anybody",
    ("GET", "/static/<path:name>"): "anybody",
    ("GET", "/sw.js"): "anybody",
    ("GET", "/manifest.webmanifest"): "anybody",
    ("GET", "/terms"): "anybody",
    ("GET", "/privacy"): "anybody",
    ("POST", "/language"): "anybody",
    ("GET", "/login"): "anybody",
    ("POST", "/login"): "anybody",
    ("POST", "/logout"): "person",
    ("GET", "/login/code"): "anybody",
    ("POST", "/login/code"): "anybody",
    ("GET", "/forgotten"): "anybody",
    ("POST", "/forgotten"): "anybody",
    ("GET", "/account"): "member",
    ("GET", "/account/password"): "member",
    ("POST", "/account/password"): "member",
    ("POST", "/account/leave-everywhere"): "member",
    ("POST", "/account/notices/<int:reset_id>/read"): "candidate",
    ("GET", "/account/second"): "staff",
    ("GET", "/account/second/new"): "staff",
    ("GET", "/account/second/new/qr.svg"): "staff",
    ("POST", "/account/second/new"): "staff",
    ("POST", "/account/second/codes"): "staff",
    ("POST", "/account/second/off"): "staff",
    ("GET", "/candidates/reset"): "counter",
    ("POST", "/candidates/reset"): "counter",
    ("GET", "/operate/staff"): "operator",
    ("GET", "/operate/staff/new"): "operator",
    ("POST", "/operate/staff/new"): "operator",
    ("GET", "/operate/staff/<int:staff_id>"): "operator",
    ("POST", "/operate/staff/<int:staff_id>"): "operator",
    ("POST", "/operate/staff/<int:staff_id>/disable"): "operator",
    ("POST", "/operate/staff/<int:staff_id>/enable"): "operator",
    ("POST", "/operate/staff/<int:staff_id>/reset-password"): "operator",
    ("POST", "/operate/staff/<int:staff_id>/reset-second"): "operator",
    ("GET", "/forecast"): "candidate",
    ("GET", "/education"): "candidate",
    ("GET", "/apply"): "candidate",
    ("POST", "/apply"): "candidate",
    ("GET", "/apply/panel"): "candidate",
    ("POST", "/apply/withdraw"): "candidate",
    ("GET", "/result"): "candidate",
    ("GET", "/apply/capture"): "candidate",
    ("GET", "/apply/capture/panel"): "candidate",
    ("POST", "/apply/capture/consent"): "candidate",
    ("POST", "/apply/capture/informed"): "candidate",
    ("POST", "/apply/capture/retake"): "candidate",
    ("POST", "/apply/capture/not-mine"): "candidate",
    ("POST", "/apply/capture/hand-over"): "candidate",
    ("GET", "/apply/picture/<sha256>"): "candidate",
    ("GET", "/apply/registered/<sha256>"): "candidate",
    ("GET", "/apply/documents"): "candidate",
    ("GET", "/apply/documents/panel"): "candidate",
    ("POST", "/apply/documents/consent"): "candidate",
    ("POST", "/apply/documents/<slot>"): "candidate",
    ("POST", "/apply/documents/<slot>/remove"): "candidate",
    ("POST", "/apply/documents/submit"): "candidate",
    ("GET", "/apply/documents/picture/<sha256>"): "candidate",
    ("POST", "/pairings/code"): "candidate",
    ("POST", "/pairings/renew"): "candidate",
    ("POST", "/pairings/not-mine"): "candidate",
    ("POST", "/pairings/here"): "candidate",
    ("GET", "/print"): "candidate",
    ("GET", "/print/front.svg"): "candidate",
    ("GET", "/print/back.svg"): "candidate",
    ("GET", "/print/form.pdf"): "candidate",
    ("POST", "/print/printed"): "candidate",
    ("GET", "/support"): "support",
    ("POST", "/support/issue"): "support",
    ("POST", "/support/revoke"): "support",
    ("GET", "/operate"): "operator",
    ("GET", "/operate/offices"): "operator",
    ("GET", "/operate/offices/new"): "operator",
    ("POST", "/operate/offices/new"): "operator",
    ("GET", "/operate/offices/<int:office_id>"): "operator",
    ("POST", "/operate/offices/<int:office_id>"): "operator",
    ("POST", "/operate/offices/<int:office_id>/close"): "operator",
    ("POST", "/operate/offices/<int:office_id>/reopen"): "operator",
    ("POST", "/operate/offices/<int:office_id>/remove"): "operator",
    ("GET", "/operate/batches"): "operator",
    ("GET", "/operate/batches/new"): "operator",
    ("POST", "/operate/batches/new"): "operator",
    ("GET", "/operate/batches/<month>"): "operator",
    ("POST", "/operate/batches/<month>"): "operator",
    ("POST", "/operate/batches/<month>/remove"): "operator",
    ("GET", "/operate/jobs"): "operator",
    ("GET", "/operate/jobs/<int:job_id>/panel"): "operator",
    ("POST", "/operate/jobs/<int:job_id>/stop"): "operator",
    ("GET", "/operate/exports"): "operator",
    ("POST", "/operate/exports"): "operator",
    ("GET", "/operate/exports/<int:export_id>"): "operator",
    ("GET", "/operate/exports/<int:export_id>/file"): "operator",
    ("POST", "/operate/exports/<int:export_id>/password"): "operator",
    ("GET", "/operate/imports"): "operator",
    ("POST", "/operate/imports"): "operator",
    ("GET", "/operate/imports/<int:file_id>"): "operator",
    ("POST", "/operate/imports/<int:file_id>/enter"): "operator",
    ("POST", "/operate/imports/<int:file_id>/give-up"): "operator",
    ("GET", "/operate/imports/<int:file_id>/errors"): "operator",
    ("GET", "/operate/imports/templates/<name>"): "operator",
    ("GET", "/operate/statistics"): "operator",
    ("GET", "/operate/statistics/book.xlsx"): "operator",
    ("GET", "/operate/notices"): "operator",
    ("POST", "/operate/notices/test"): "operator",
    ("POST", "/operate/notices/again"): "operator",
    ("POST", "/operate/notices/drop"): "operator",
    ("POST", "/launch"): SIGNED,
    ("GET", "/launch"): "anybody",
    ("POST", "/launch/enter"): "anybody",
    ("POST", "/launch/leave"): "anybody",
    ("POST", "/parent/candidates"): SIGNED,
    ("POST", "/parent/results"): SIGNED,
    ("GET", "/parent/requests/<name>"): SIGNED,
    ("GET", "/review"): "reviewer",
    ("GET", "/review/statistics"): "reviewer",
    ("GET", "/review/statistics/book.xlsx"): "reviewer",
    ("GET", "/review/<tag>"): "reviewer",
    ("GET", "/review/<tag>/picture/<item>"): "reviewer",
    ("POST", "/review/<tag>/decide"): "reviewer",
    ("POST", "/review/<tag>/release"): "reviewer",
    ("POST", "/review/<tag>/place"): "reviewer",
    ("POST", "/review/undo"): "reviewer",
    ("GET", "/apply/rejected/<item>"): "candidate",
    ("GET", "/m"): "anybody",
    ("GET", "/m/"): "anybody",
    ("GET", "/m/pack"): "anybody",
    ("GET", "/m/assets.json"): "anybody",
    ("POST", "/m/claim"): "anybody",
    ("GET", "/m/state"): "phone",
    ("POST", "/m/progress"): "phone",
    ("POST", "/m/transfer"): "phone",
    ("POST", "/m/back"): "phone",
    ("POST", "/m/captures"): "phone",
    ("HEAD", "/m/captures/<name>"): "phone",
    ("PATCH", "/m/captures/<name>"): "phone",
    ("DELETE", "/m/captures/<name>"): "phone",
    ("GET", "/m/captures/<name>/registered"): "phone",
    ("POST", "/m/probes"): "phone",
    ("POST", "/m/documents/<slot>"): "phone",
}

# kind of visitor → what they are: everything of which they may use
KINDS = {
    "anonymous": {"anybody", "person"},
    "candidate": {"anybody", "person", "member", "candidate"},
    "other candidate": {"anybody", "person", "member", "candidate"},
    "support": {"anybody", "person", "member", "staff", "counter", "support"},
    "reviewer": {"anybody", "person", "member", "staff", "counter", "reviewer"},
    "operator": {"anybody", "person", "member", "staff", "operator"},
    "phone": {"anybody", "phone"},
    "ended phone": {"anybody", "person"},
}
NAME = hashlib.sha256(picture()).hexdigest()
LAST = ("/account/leave-everywhere", "/logout", "/login")  # these change who is asking


def is_phones(rule: str) -> bool:
    return rule == "/m" or rule.startswith("/m/")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("routes"))
    yield made
    made.close()


def routes_of(app: Flask) -> set[tuple[str, str]]:
    """(method, rule) of everything the application answers; OPTIONS and the HEAD of a GET go without saying."""
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS"} - ({"HEAD"} if "GET" in (rule.methods or set()) else set())
    }


def test_every_route_is_in_the_table_and_nothing_else(world: World) -> None:
    assert routes_of(world.app) == set(ROUTES)


def browser_of(world: World, kind: str) -> Visitor:
    """A browser of somebody of this kind, with what its requests carry."""
    match kind:
        case "anonymous":
            return world.visitor()
        case "candidate":
            desk, phone = world.paired()
            phone.send(picture())
            return desk
        case "other candidate":
            return world.desk()
        case "support" | "reviewer" | "operator":
            return world.visitor(world.add(getattr(people, kind)()))
    desk, phone = world.paired()
    phone.send(picture())
    if kind == "ended phone":
        desk.post("/pairings/not-mine")
    browser = world.visitor()
    browser.client = phone.client
    return browser


def ask(world: World, browser: Visitor, method: str, rule: str) -> TestResponse:
    """A request that lacks nothing but, perhaps, the right to make it."""
    path = re.sub("<int:[a-z_]+>", "1", rule)
    path = path.replace("<path:name>", "css/base.css").replace("<sha256>", NAME).replace("<name>", NAME)
    if is_phones(rule):
        body = {"/m/claim": {}, "/m/progress": {"code": "camera_ready"}}.get(rule)
        return Phone(world.app, world.origin, browser.client).call(method, path, None, body, **said(rule))
    if method == "GET":
        return browser.get(path)
    browser.csrf() or browser.go("/terms")
    person = world.add(people.candidate())
    return browser.post(path, {"name": person.exam_number, "password": people.PASSWORD})


def said(rule: str) -> dict[str, str]:
    """What an upload's headers say."""
    headers = announcement(picture()) | {"Upload_Complete": "?0"}
    piece = {"Content_Type": "application/partial-upload", "Upload_Offset": "0", "Upload_Complete": "?0"}
    return {"/m/captures": headers, "/m/captures/<name>": piece, "/m/documents/<slot>": headers}.get(rule, {})


def verdict(answer: TestResponse) -> str | int:
    """welcome, or how one is turned away."""
    if answer.status_code in (401, 403, 410):
        return answer.status_code
    sent_to_login = answer.status_code == 302 and answer.location.startswith("/login?next=")
    return "login" if sent_to_login else "welcome"


def expected(kind: str, method: str, rule: str) -> str | int:
    """What the table says about this visitor and this route."""
    if ROUTES[method, rule] in {SIGNED, *KINDS[kind]}:
        return "welcome"
    if is_phones(rule):
        return 410 if kind == "ended phone" else 401
    if kind in ("anonymous", "ended phone"):
        return "login" if method == "GET" else 401
    return 403


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_may_use_what_the_table_says_and_nothing_else(world: World, kind: str) -> None:
    browser = browser_of(world, kind)
    routes = sorted(ROUTES, key=lambda route: (LAST.index(route[1]) if route[1] in LAST else -1, route))
    found = {route: verdict(ask(world, browser, *route)) for route in routes}
    assert found == {route: expected(kind, *route) for route in routes}

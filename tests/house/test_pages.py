"""Every page is well-formed; and the rules that say so see what is wrong."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from app.application.model import Application
from app.identity.model import Office
from tests import people
from tests.page import Page
from tests.world import World, picture

WHOLE = '<!doctype html><html lang="zh-CN"><head><title>{0} · x</title></head><body>{1}</body></html>'


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (WHOLE.format("Two", "<h1>Two</h1><h1>Two</h1>"), "2 h1"),
        (WHOLE.format("One", "<h1>Other</h1>"), "does not begin"),
        ("<!doctype html><html><title>A</title><h1>A</h1></html>", "no language"),
        ("<p><b>x</p>", "closes nothing"),
        ("<div><p>x</p>", "never closed"),
        ("<p id='a'></p><p id='a'></p>", "2 times"),
        ("<p id=''></p>", "id ''"),
        ("<input name='x'>", "a field without a name"),
        ("<label for='other'>x</label><select id='y'></select>", "a field without a name"),
        ("<label for='y'></label><textarea id='y'></textarea>", "a field without a name"),
        ("<button><svg></svg></button>", "a button without a name"),
        ("<img src='a.svg'>", "without alt"),
        ("<p style='color: red'>x</p>", "<p style=…>"),
        ("<p onclick='x()'>x</p>", "<p onclick=…>"),
        ("<script>x()</script>", "an inline script"),
        ("<style>p {}</style>", "an inline style"),
        ("<p class='a' class='b'>x</p>", "twice"),
    ],
)
def test_what_is_wrong_is_seen(html: str, problem: str) -> None:
    assert problem in "; ".join(Page(html).problems())


@pytest.mark.parametrize(
    "html",
    [
        WHOLE.format("One", "<h1>One</h1><p>x<br>y</p><img src='a.svg' alt=''>"),
        "<label for='a'>A</label><input id='a'><label><input type='checkbox'> B</label><input type='hidden'>",
        "<input aria-label='x'><button aria-label='x'></button>",
        "<script type='module' src='a.js'></script><svg><use href='#a'></use><path d='x'/></svg>",
    ],
)
def test_what_is_right_passes(html: str) -> None:
    assert Page(html).problems() == []


def test_every_page_without_a_login_is_well_formed(world: World) -> None:
    visitor = world.visitor()
    for _language in ("中文", "English"):
        for path in ("/login", "/terms", "/privacy", "/m", "/nowhere", "/m/nowhere"):
            visitor.get(path)
        visitor.go("/login")
        visitor.press("English")


def test_every_page_of_staff_is_well_formed(world: World) -> None:
    desk, phone = world.paired(world.add(people.candidate()))
    phone.send(picture())
    desk.look()
    desk.press("我已摄像完成，下一步")
    office = world.visitor(world.add(people.reviewer()))
    with world.dependencies.db.writing() as db:
        db.execute(update(Application).values(office_id=select(Office.id).scalar_subquery()))
    assert "2026-11-22 17:00" in office.go("/review").text
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number="010126000001")
    assert caller.page.problems() == []


@pytest.mark.parametrize("path", ["/apply/panel", "/apply/capture/panel"])
def test_parts_of_pages_are_well_formed_too(world: World, path: str) -> None:
    desk, _phone = world.paired()
    assert desk.get(path).status_code == 200
    assert not desk.page.is_whole
    assert desk.page.problems() == []


def test_names_are_shown_as_text_whatever_they_are(world: World) -> None:
    desk = world.desk(world.add(people.candidate(name="<b>陈</b><script>x()</script>", address="\"'><img src=x>")))
    page = desk.open_dialog()
    assert "<b>陈</b><script>x()</script>" in page.text
    assert page.problems() == []

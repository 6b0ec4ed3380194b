"""Headers and cookies of every answer."""

from __future__ import annotations

import re

import pytest

from tests import people
from tests.world import NewWorld, World, picture

SECURE = "https://zz.example.cn"
EVERYWHERE = ["/", "/login", "/terms", "/nowhere", "/apply", "/m", "/m/state", "/m/pack", "/health"]


@pytest.fixture
def secure(new_world: NewWorld) -> World:
    """A world behind HTTPS."""
    return new_world("secure", origin=SECURE, public_url=SECURE)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_says_what_browsers_may_do_with_it(world: World, path: str) -> None:
    headers = world.visitor().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert "unsafe" not in str(policy)
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'", "'none'")
    assert re.fullmatch(r"'self'( 'sha256-[\w+/=]+'){2}", policy["script-src"])
    assert "http" not in policy["connect-src"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("host", ["localhost:5000; script-src *", "a b", "x;y", "evil.example'"])
def test_a_strange_host_gets_nothing_into_the_policy(world: World, host: str) -> None:
    answer = world.visitor().client.get("/login", base_url=world.origin, headers={"Host": host})
    assert "script-src *" not in answer.headers.get("Content-Security-Policy", "")
    assert host not in answer.headers.get("Content-Security-Policy", "")


def test_personal_pages_and_refusals_are_kept_by_no_cache(world: World) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    for path in ("/apply", "/apply/capture", "/apply/capture/panel", "/login", "/nowhere"):
        assert "no-store" in desk.get(path).headers["Cache-Control"], path
    for answer in (phone.state(), phone.send(picture()), world.phone().state(), phone.claim("x")):
        assert "no-store" in answer.headers["Cache-Control"]


def test_no_file_is_taken_for_something_else(world: World) -> None:
    for path in ("/static/css/base.css", "/static/img/icon.svg", "/sw.js"):
        assert world.visitor().get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_kept_for_ever_under_the_hash_of_their_content(world: World) -> None:
    visitor = world.visitor()
    page = visitor.go("/login")
    sheet = next(link.attrib["href"] for link in page.all("link") if link.get("rel") == "stylesheet")
    assert "immutable" in visitor.get(sheet).headers["Cache-Control"]
    assert "immutable" not in visitor.get(sheet.partition("?")[0] + "?v=0123456789ab").headers["Cache-Control"]
    assert visitor.get("/static/../app/config.py").status_code == 404
    assert visitor.get("/static/%2e%2e/wsgi.py").status_code == 404


def test_over_plain_http_cookies_are_out_of_reach_for_scripts_and_other_sites(world: World) -> None:
    cookies = cookies_of(world)
    assert set(cookies) == {"session", "phone", "device"}
    assert all("HttpOnly" in flags and "Secure" not in flags for flags in cookies.values())
    assert [cookies[name]["SameSite"] for name in ("session", "phone", "device")] == ["Lax", "Strict", "Lax"]


def test_over_https_they_are_bound_to_this_host(secure: World) -> None:
    cookies = cookies_of(secure)
    assert set(cookies) == {"__Host-session", "__Host-phone", "device"}
    for flags in cookies.values():
        assert {"HttpOnly", "Secure", "SameSite"} <= set(flags)
        assert "Domain" not in flags
        assert flags["Path"] == "/"


def test_over_https_everything_works_and_browsers_are_told_to_stay(secure: World) -> None:
    desk, phone = secure.paired()
    assert phone.send(picture()).status_code == 201
    assert desk.look().has_button("我已摄像完成，下一步")
    assert desk.get("/apply").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert desk.cookie("__Host-session")


def test_a_cookie_of_plain_http_opens_nothing_over_https(secure: World) -> None:
    desk, phone = secure.paired()
    stranger = secure.phone()
    pairing = phone.client.get_cookie("__Host-phone", domain="zz.example.cn")
    assert pairing
    stranger.client.set_cookie("phone", pairing.value)
    assert stranger.state().status_code == 401
    visitor = secure.visitor()
    visitor.client.set_cookie("session", desk.cookie("__Host-session") or "", domain="zz.example.cn")
    assert visitor.get("/apply").status_code == 302


def cookies_of(world: World) -> dict[str, dict[str, str]]:
    """Every cookie that a candidate's browsers get, with its flags."""
    desk, phone = world.desk(world.add(people.candidate())), world.phone()
    form = {"name": world.add(people.candidate()).exam_number, "password": people.PASSWORD}
    other = world.visitor()
    other.go("/login")
    desk.to_code()
    lines = other.post("/login", form).headers.getlist("Set-Cookie")
    lines += phone.claim(desk.token()).headers.getlist("Set-Cookie")
    return dict(parsed(line) for line in lines)


def parsed(line: str) -> tuple[str, dict[str, str]]:
    first, *flags = line.split("; ")
    return first.partition("=")[0], {name: value for name, _, value in (flag.partition("=") for flag in flags)}

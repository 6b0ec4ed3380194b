"""What the terminal shows at the start."""

from __future__ import annotations

from app.serve.announce import announcement
from tests.serve.test_origins import settings

BLOCK = "\N{FULL BLOCK}"


def test_it_shows_both_addresses_and_a_qr_code() -> None:
    text = announcement(settings(tls_port=5443), ["192.168.1.7"])
    assert "http://127.0.0.1:5000" in text
    assert "https://192.168.1.7:5443" in text
    assert BLOCK in text


def test_it_says_how_to_pass_the_warning_and_that_wechat_cannot() -> None:
    text = announcement(settings(tls_port=5443), ["192.168.1.7"])
    assert "Advanced" in text
    assert "WeChat" in text


def test_a_machine_alone_is_warned() -> None:
    text = announcement(settings(tls_port=5443), [])
    assert "WARNING: this machine has no address on a local network" in text
    assert BLOCK not in text


def test_without_https_nothing_is_said_about_phones() -> None:
    text = announcement(settings(), ["192.168.1.7"])
    assert "192.168.1.7" not in text
    assert "WARNING" not in text


def test_passwords_are_shown_in_the_demo_only() -> None:
    assert "zikao-demo" in announcement(settings(demo=True), [])
    assert "zikao-demo" not in announcement(settings(), [])


def test_a_demo_says_where_its_requests_are_written() -> None:
    assert "var/zhengzhao.log" in announcement(settings(demo=True), [])
    assert "zhengzhao.log" not in announcement(settings(), [])


def test_a_public_address_is_shown() -> None:
    assert "https://zz.example.cn" in announcement(settings(public_url="https://zz.example.cn"), [])

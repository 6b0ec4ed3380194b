"""Which origin the QR carries, and which ones are served."""

from __future__ import annotations

import base64
import re
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from app.config import Settings
from app.serve.addresses import lan_addresses
from app.serve.origins import origin, public_origin, served_origins, warn_unreachable

KERNELS_TABLE = Path("/proc/net/fib_trie")
OWN_ADDRESS = re.compile(r"\|-- ([\d.]+)\n\s+/32 host LOCAL")


def settings(**given: str | int) -> Settings:
    key = base64.b64encode(b"k" * 32).decode()
    defaults = {"_env_file": None, "secret_key": "s" * 32, "store_keys": f"a:{key}"}
    return Settings(**{**defaults, **given})  # type: ignore[arg-type]  # pydantic reads texts as well


def test_the_public_url_wins() -> None:
    given = settings(public_url="https://zz.example.cn", tls_port=5443)
    assert public_origin(given, ["192.168.1.7"]) == "https://zz.example.cn"


def test_without_one_the_phone_is_sent_to_https_on_the_lan() -> None:
    assert public_origin(settings(tls_port=5443), ["192.168.1.7", "10.0.0.2"]) == "https://192.168.1.7:5443"


@pytest.mark.parametrize(("tls_port", "addresses"), [(0, ["192.168.1.7"]), (5443, [])])
def test_a_lone_machine_or_one_without_https_falls_back_to_localhost(tls_port: int, addresses: list[str]) -> None:
    assert public_origin(settings(tls_port=tls_port), addresses) == "http://localhost:5000"


def test_in_the_demo_every_door_is_an_allowed_origin() -> None:
    given = settings(public_url="https://zz.example.cn", tls_port=5443, demo=True)
    assert served_origins(given, ["192.168.1.7"]) == [
        "https://zz.example.cn",
        "http://localhost:5000",
        "http://127.0.0.1:5000",
        "https://localhost:5443",
        "https://127.0.0.1:5443",
        "https://192.168.1.7:5443",
    ]


def test_behind_a_proxy_the_public_url_is_the_only_one() -> None:
    assert served_origins(settings(public_url="https://zz.example.cn"), ["192.168.1.7"]) == ["https://zz.example.cn"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "LOCALHOST.", "zz.localhost"])
def test_plain_http_of_the_visitors_own_machine_is_no_origin_but_in_the_demo(host: str) -> None:
    assert served_origins(settings(host=host), ["192.168.1.7"]) == []
    assert "http://localhost:5000" in served_origins(settings(host=host, demo=True), ["192.168.1.7"])


def test_https_is_allowed_on_the_lan_and_on_the_machine_itself() -> None:
    assert served_origins(settings(tls_port=5443), ["192.168.1.7"]) == [
        "https://localhost:5443",
        "https://127.0.0.1:5443",
        "https://192.168.1.7:5443",
    ]


def test_plain_http_that_others_reach_is_allowed_there() -> None:
    assert served_origins(settings(host="0.0.0.0"), ["192.168.1.7"]) == ["http://192.168.1.7:5000"]  # noqa: S104
    assert served_origins(settings(host="10.0.0.2"), ["192.168.1.7"]) == ["http://10.0.0.2:5000"]


def test_a_start_without_any_origin_says_what_to_set(caplog: pytest.LogCaptureFixture) -> None:
    warn_unreachable(settings(public_url="https://zz.example.cn"))
    warn_unreachable(settings(demo=True))
    assert caplog.messages == []
    warn_unreachable(settings())
    assert all(name in caplog.messages[0] for name in ("PUBLIC_URL", "TLS_PORT", "HOST"))


def test_origins_are_written_as_browsers_write_them() -> None:
    assert origin("https", "zz.example.cn", 443) == "https://zz.example.cn"
    assert origin("http", "::1", 5000) == "http://[::1]:5000"


@pytest.mark.skipif(not KERNELS_TABLE.exists(), reason="only Linux has it")
def test_every_address_of_the_kernels_own_table_is_found() -> None:
    told = {IPv4Address(each) for each in OWN_ADDRESS.findall(KERNELS_TABLE.read_text())}
    assert {str(each) for each in told if not (each.is_loopback or each.is_link_local)} <= set(lan_addresses())


def test_loopback_is_not_a_lan_address() -> None:
    assert not any(IPv4Address(address).is_loopback for address in lan_addresses())

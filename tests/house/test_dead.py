"""Nothing in `app` is there for nobody: each name is used by the application, a page, a measurement or a framework.

What only a test uses is dead too. vulture finds it; what it cannot see stands here with its reason.
"""

from __future__ import annotations

import keyword
import re

import pytest
from vulture import Vulture

from tests.house.tree import ROOT, python_files, text

CALLED = ["@pages.*", "@*.before_request", "@*.after_request", "@*.context_processor", "@*validator*", "@*.command"]
WORD = re.compile(r"[A-Za-z_]\w*")

# Who uses these names, unseen.
UNSEEN = {
    "found by its value: pairing_ and why it ended": {
        "PAIRING_EXPIRED",
        "PAIRING_HANDED_OVER",
        "PAIRING_LOCKED",
        "PAIRING_LOGGED_OUT",
        "PAIRING_NOT_MINE",
        "PAIRING_REISSUED",
        "PAIRING_REPLACED",
        "PAIRING_REVOKED",
        "PAIRING_SAVED",
        "PAIRING_WITHDRAWN",
    },
    "sqlalchemy": {
        "impl",
        "cache_ok",
        "process_bind_param",
        "process_result_value",
        "type_annotation_map",
    },
    "sqlite3": {"isolation_level"},
    "tarfile": {"members"},
    "prometheus_client": {"collect", "describe"},
    "a column that is written for whoever asks later, or that a relation reads": {
        "created_at",
        "given_at",
        "programme_id",
    },
    "a key of a TypedDict": {"at_least", "id_type_name", "uploads_left"},
    "pydantic": {"model_config"},
    "flask": {"session_interface", "json_module", "get_cookie_name", "get_cookie_secure", "get_cookie_samesite"},
    "logging": {"handleError"},
    "http.server": {"close_connection", "log_request", "log_error"},
    "io": {"readinto"},
    "socket, ssl": {"gettimeout", "sslsocket_class"},
    "ctypes": {"restype"},
    "a cast names its type in a string": {"CursorResult"},
    "pillow_heif": {"DECODE_THREADS"},
}


def dead(*files: str) -> set[str]:
    """Names in these files that nothing uses, the pages included."""
    search = Vulture(ignore_decorators=CALLED)
    for path in python_files(*files):
        search.scan(text(path), filename=path)
    pages = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    search.scan("\n".join(sorted(set(WORD.findall(pages)) - set(keyword.kwlist))), filename="pages.py")
    return {item.name for item in search.get_unused_code() if str(item.filename).startswith("app")}


def test_every_name_is_used() -> None:
    assert dead("app", "wsgi.py", "bench") - set().union(*UNSEEN.values()) == set()


def test_no_exception_is_left_over() -> None:
    assert set().union(*UNSEEN.values()) - dead("app", "wsgi.py", "bench") == set()


@pytest.mark.parametrize("code", ["def one():\n    pass\n", "class One:\n    two = 1\n"])
def test_what_nobody_uses_would_be_seen(code: str) -> None:
    search = Vulture()
    search.scan(code, filename="app/one.py")
    assert search.get_unused_code()

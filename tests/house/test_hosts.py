"""Nothing is loaded from, or tied to, another host: code, pages and tool files name none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

URL = re.compile(r"(?:https?|wss?)://([^\s/\"'`<>(){}\[\],:;*…]+)")
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|npmjs|npmmirror|yarnpkg|jsdelivr|unpkg|cdnjs|tuna\.tsinghua|aliyun", re.I
)
PICTURES = {".png", ".jpg", ".jpeg", ".ico", ".woff2", ".mo", ".pyc", ".tflite", ".onnx"}
OURS = ("localhost", "127.0.0.1", "0.0.0.0")  # noqa: S104 — names, nothing listens here
PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
PRIVATE = r"192\.168\.\d+\.\d+|10\.\d+\.\d+\.\d+"
YOURS = r"zz\.your-name\.cn"  # what docs/deploy.md puts in its place
SAMPLE = r"(?:.*\.)?(?:example|test|invalid)(?:\.(?:cn|com|org|net))?"
EXAMPLE = re.compile(rf"{SAMPLE}|{PRIVATE}|{YOURS}|[A-Z_]+|\$.*|zhengzhao")
NAMESPACES = ("www.w3.org",)
READING = (
    "www.rfc-editor.org",
    "datatracker.ietf.org",
    "www.apache.org",
    "github.com",
    "keepachangelog.com",
    "semver.org",
)


def ours(*tops: str) -> list[Path]:
    """Text files below these folders (or these files), relative to the root; nothing that was installed."""
    found = [path for top in tops for path in ([ROOT / top] if (ROOT / top).is_file() else (ROOT / top).rglob("*"))]
    kept = [p for p in found if p.is_file() and not {"vendor", "bundles", "results", "__pycache__"} & set(p.parts)]
    return sorted(p.relative_to(ROOT) for p in kept if p.suffix not in PICTURES)


def foreign(text: str, allowed: tuple[str, ...]) -> set[str]:
    hosts = {host.rstrip(".") for host in URL.findall(text)}
    return {host for host in hosts if host not in (*OURS, *allowed) and not EXAMPLE.fullmatch(host)}


@pytest.mark.parametrize("path", ours("app", "templates", "static", "wsgi.py", "bench"), ids=str)
def test_code_and_pages_name_no_foreign_host(path: Path) -> None:
    assert foreign((ROOT / path).read_text(), NAMESPACES) == set()


@pytest.mark.parametrize("path", ours("docs", *PAGES), ids=str)
def test_the_documents_link_only_to_what_is_worth_reading(path: Path) -> None:
    assert foreign((ROOT / path).read_text(), (*NAMESPACES, *READING)) == set()


TOOL_FILES = [
    "Makefile",
    "pyproject.toml",
    ".npmrc",
    ".ci",
    "package.json",
    "package-lock.json",
    "docs",
    *PAGES,
    "requirements.in",
    "requirements.txt",
    "requirements-dev.in",
    "requirements-dev.txt",
]


@pytest.mark.parametrize("path", ours("app", "templates", "static", "wsgi.py", *TOOL_FILES), ids=str)
def test_no_registry_is_named(path: Path) -> None:
    assert REGISTRIES.findall((ROOT / path).read_text()) == []


@pytest.mark.parametrize("text", ["src='https://cdn.somewhere.net/x.js'", "wss://push.somewhere.cn", "http://8.8.8.8/"])
def test_a_foreign_host_would_be_seen(text: str) -> None:
    assert foreign(text, ())

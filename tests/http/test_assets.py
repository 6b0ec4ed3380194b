"""Scripts are served without their comments; they do the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.http.assets import Assets, without_comments
from tests.house.tree import ROOT, scripts

OURS = [path for path in scripts() if path.parts[0] == "static"]


def test_every_script_is_the_same_without_its_comments(tmp_path: Path) -> None:
    pairs: list[str] = []
    for n, path in enumerate(OURS):
        bare = tmp_path / f"{n}.js"
        bare.write_text(without_comments((ROOT / path).read_text(encoding="utf-8")), encoding="utf-8")
        pairs += [str(path), str(bare)]
    command = ["node", "tests/js/same-code.js", *pairs]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == ""


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("a\n// b\nc", "a\n\nc"),
        ("/** a */\nb /* c */;", "\nb /* c */;"),
        ("/**\n * a\n */\nb", "\n\n\nb"),
        ("  /* a */ b", "  /* a */ b"),
        ('x = "http://a"; // b', 'x = "http://a"; // b'),
    ],
)
def test_only_whole_lines_of_comment_go(written: str, served: str) -> None:
    assert without_comments(written) == served


def test_scripts_of_others_are_served_as_they_are() -> None:
    served = Assets(ROOT / "static").files
    assert served["vendor/socket.io.js"].body == (ROOT / "static" / "vendor" / "socket.io.js").read_bytes()
    assert b"\n * " not in served["js/pairing/page.js"].body

"""Scripts without their comments do the same; the phone's are in bundles; everything is sent compressed."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from app.http.assets import Assets, without_comments
from app.http.bundles import StaleBundles, places
from tests.house.tree import ROOT, scripts
from tests.world import World

UNPRESS = "process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(0)))"
LOADED = [
    "bundles/phone.js",
    "bundles/phone.css",
    "words/phone.zh.js",
    "vendor/tensorflow.js",
    "vendor/tensorflow.wasm",
    "vendor/face.json",
    "vendor/face.bin",
    "vendor/person.bin",
]
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


def test_each_module_of_the_phone_is_in_one_bundle_and_exported_by_it() -> None:
    served = Assets(ROOT / "static")
    placed = places(ROOT / "static")
    assert placed["pairing/page"] == "bundles/phone.js"
    assert placed["guidance/detector"] == "bundles/guide.js"
    assert "guidance/worker" not in placed
    assert served.phone_import_map.names["guidance/detector"] == served.url("bundles/guide.js")
    assert served.import_map.names["ui/dom"] == served.url("js/ui/dom.js")


def test_bundles_of_other_scripts_are_refused(tmp_path: Path) -> None:
    for folder in ("js", "bundles"):
        shutil.copytree(ROOT / "static" / folder, tmp_path / folder)
    assert places(tmp_path) == places(ROOT / "static")
    with (tmp_path / "js/ui/dom.js").open("a") as script:
        script.write("// changed\n")
    with pytest.raises(StaleBundles, match="make static/bundles/ready"):
        places(tmp_path)
    (tmp_path / "bundles/modules.json").unlink()
    with pytest.raises(StaleBundles):
        places(tmp_path)


@pytest.mark.parametrize("name", LOADED)
def test_what_a_phone_loads_is_compressed_as_its_browser_takes_it(world: World, name: str) -> None:
    file = Assets(ROOT / "static").files[name]
    bare = _sent(world, name, "identity")
    assert (bare.headers.get("Content-Encoding"), bare.data) == (None, file.body)
    zipped = _sent(world, name, "gzip, deflate")
    assert (zipped.headers["Content-Encoding"], gzip.decompress(zipped.data)) == ("gzip", file.body)
    brotli = _sent(world, name, "gzip, deflate, br")
    unpressed = subprocess.run(["node", "-e", UNPRESS], input=brotli.data, capture_output=True, check=True).stdout
    assert (brotli.headers["Content-Encoding"], unpressed) == ("br", file.body)
    assert len(brotli.data) < len(zipped.data)


def _sent(world: World, name: str, accepted: str) -> TestResponse:
    return world.visitor().client.get(f"/static/{name}", base_url=world.origin, headers={"Accept-Encoding": accepted})

"""No Chinese text stands in two places, and none in JavaScript: what is said twice is one constant, key or block."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from app.phone.texts import INTO, SETS, modules
from tests.house.tree import ROOT, javascript, parsed, python_files, text

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLAIN = re.compile(r"[^<>\"\n]+")
# A label is a word of the vocabulary, such as the name of a page, which stands in the menu, in the title and above the
# page: gettext's own key is the best name for it. The longest on paper is 毕业申请及图像采集. All else is a sentence.
LABEL = 9
SENTENCE = re.compile(r"[，。？！：；“”]")

# text → why it stands twice
EXCEPTIONS: dict[str, str] = {
    "这不是 JPEG、PNG 或 HEIC 照片。请换一张照片，或重新拍照。": "The gate turns a file away before it knows a pack; the pack says it of a file on a disk.",
}


def in_python(path: Path) -> Iterator[str]:
    """Strings, docstrings apart."""
    tree = parsed(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {id(node.body[0]) for node in ast.walk(tree) if isinstance(node, documented) and node.body}
    silent = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and id(n) in told}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def in_template(path: Path) -> Iterator[str]:
    """What stands between tags and in attributes, and strings in expressions."""
    for _, kind, value in Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).lex(text(path)):  # noqa: S701 — read only
        if kind == "string":
            yield ast.literal_eval(value)
        elif kind == "data":
            yield from (each.strip() for each in PLAIN.findall(value))


def in_table(value: object) -> Iterator[str]:
    """Texts of a rule pack: what stands under `zh`."""
    for key, each in value.items() if isinstance(value, dict) else ():
        if key == "zh" and isinstance(each, str):
            yield each
        yield from in_table(each)


def written() -> Iterator[tuple[str, Path]]:
    """Every Chinese text, once for each place where it is written."""
    for path in python_files("app"):
        yield from ((each, path) for each in in_python(path))
    for path in files("templates", "html"):
        yield from ((each, path) for each in in_template(path))
    for path in files("app", "toml"):
        yield from ((each, path) for each in in_table(tomllib.loads(text(path))))
    for path in files("static", "webmanifest"):
        yield from ((each, path) for each in json.loads(text(path)).values() if isinstance(each, str))


def files(top: str, ending: str) -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / top).rglob(f"*.{ending}"))


def is_label(each: str) -> bool:
    return len(each) <= LABEL and not SENTENCE.search(each)


def twice() -> dict[str, list[str]]:
    """Sentences that stand in two places, and where."""
    places = defaultdict(list)
    for each, path in written():
        if CHINESE.search(each) and not is_label(each):
            places[each].append(str(path))
    return {each: found for each, found in places.items() if len(found) > 1}


def test_no_text_stands_in_two_places() -> None:
    assert {each: places for each, places in twice().items() if each not in EXCEPTIONS} == {}


def test_every_exception_is_needed() -> None:
    assert EXCEPTIONS.keys() - twice().keys() == set()


def test_javascript_says_nothing_in_chinese() -> None:
    said = {str(path): [each for each in facts.strings if CHINESE.search(each)] for path, facts in javascript().items()}
    assert {path: found for path, found in said.items() if found and path.startswith("static/")} == {}


def test_the_phones_modules_are_those_of_the_catalogue() -> None:
    made = {path.name: path.read_text("utf-8") for path in INTO.iterdir()}
    assert made == modules(), "make app/translations/ready"


def test_no_key_of_the_phone_is_in_two_sets() -> None:
    keys = [key for texts in SETS.values() for key in texts]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("each", ["确认无误", "毕业申请及图像采集"])
def test_names_are_labels(each: str) -> None:
    assert is_label(each)


@pytest.mark.parametrize("each", ["我知道了，去拍照", "请看电脑。", "注册用照片 480×640"])
def test_sentences_are_not(each: str) -> None:
    assert not is_label(each)


@pytest.mark.parametrize(
    ("each", "place"),
    [
        ("正在检查这张照片…", "app/phone/camera_texts.py"),
        ("这个浏览器太旧，不能拍照", "templates/phone/page.html"),
        ("合格的照片：正脸居中，光线均匀", "templates/portrait/_spec.html"),
        ("眼睛没有睁开。请看着镜头，再拍一张。", "app/imaging/packs/national.toml"),
    ],
)
def test_texts_are_really_found(each: str, place: str) -> None:
    assert (each, Path(place)) in set(written())

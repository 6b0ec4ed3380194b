"""No Chinese text stands in two places, and none in JavaScript: what is said twice is one constant, key or macro."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from app.phone.texts import INTO, SETS, modules
from tests.house.tree import ROOT, javascript, parsed, python_files, text

CHINESE = re.compile(r"[\u4e00-\u9fff]")
BETWEEN_TAGS = re.compile(r"[^<>\"\n]+")
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")
MARKS = ("N_", "_", "gettext")
# A label is a word of the vocabulary, such as the name of a page, which stands in the menu, in the title and above the
# page: a template names it by itself, as gettext does. The longest is 毕业申请及图像采集. All else is a sentence.
LABEL = 9
SENTENCE = re.compile(r"[，。？！：；“”]")

# text → why it stands twice
EXCEPTIONS: dict[str, str] = {
    "这不是 JPEG、PNG 或 HEIC 照片。请换一张照片，或重新拍照。": "The gate knows no pack when it turns a file away.",
}


def in_python(tree: ast.AST) -> Iterator[str]:
    """Strings, docstrings apart."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def marked_in(tree: ast.AST) -> Iterator[str]:
    """What is marked for translation."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(each)), *_]) if name in MARKS:
                yield each


def in_template(source: str) -> Iterator[str]:
    """What stands between tags and in attributes, and strings in expressions; a plural that is its singular once."""
    before = ""
    for _, kind, value in Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(source):
        if kind == "data":
            yield from (each.strip() for each in BETWEEN_TAGS.findall(value))
        elif kind == "string" and value != before:
            yield ast.literal_eval(value)
        before = value if kind == "string" else before if value == "," or kind == "whitespace" else ""


def in_pack(value: object) -> Iterator[str]:
    """Texts of a rule pack: what stands under `zh`."""
    for key, each in value.items() if isinstance(value, dict) else ():
        if key == "zh" and isinstance(each, str):
            yield each
        yield from in_pack(each)


def files(top: str, ending: str) -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / top).rglob(f"*.{ending}"))


def written() -> Iterator[tuple[str, Path]]:
    """Every text, once for each place where it is written."""
    for path in python_files("app"):
        yield from ((each, path) for each in in_python(parsed(path)))
    for path in files("templates", "html"):
        yield from ((each, path) for each in in_template(text(path)))
    for path in files("app", "toml"):
        yield from ((each, path) for each in in_pack(tomllib.loads(text(path))))
    for path in files("static", "webmanifest"):
        yield from ((each, path) for each in json.loads(text(path)).values() if isinstance(each, str))


def is_label(each: str) -> bool:
    return len(each) <= LABEL and not SENTENCE.search(each)


def twice(found: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
    """Chinese texts that stand in two places, and where; what fills a place of theirs may be called otherwise."""
    places = defaultdict(list)
    for each, path in found:
        if CHINESE.search(each):
            places[PLACE.sub("%s", each)].append(str(path))
    return {each: paths for each, paths in places.items() if len(paths) > 1}


def sentences() -> dict[str, list[str]]:
    return twice((each, path) for each, path in written() if not is_label(each))


def test_no_sentence_stands_in_two_places() -> None:
    assert {each: paths for each, paths in sentences().items() if each not in EXCEPTIONS} == {}


def test_every_exception_is_needed() -> None:
    assert EXCEPTIONS.keys() - sentences().keys() == set()


def test_in_python_a_label_too_is_marked_in_one_place() -> None:
    assert twice((each, path) for path in python_files("app") for each in marked_in(parsed(path))) == {}


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


@pytest.mark.parametrize("each", ["我知道了，去拍照", "请看电脑。", "打印毕业生登记表并签名"])
def test_sentences_are_not(each: str) -> None:
    assert not is_label(each)


@pytest.mark.parametrize(
    ("each", "place"),
    [
        ("正在检查这张照片…", "app/phone/camera_texts.py"),
        ("这个浏览器太旧，不能拍照", "templates/phone/page.html"),
        ("合格的照片：正脸居中，光线均匀", "templates/portrait/_spec.html"),
        ("眼睛没有睁开。请看着镜头，再拍一张。", "app/imaging/packs/national.toml"),
        ("照片上传", "static/manifest.webmanifest"),
    ],
)
def test_texts_are_really_found(each: str, place: str) -> None:
    assert (each, Path(place)) in set(written())


def test_a_copy_would_be_seen() -> None:
    page = """<p title="一句话，很长">{{ _('一句话，很长') }} {{ ngettext('%(num)s 项', '%(num)s 项', n) }}</p>"""
    assert twice((each, Path("x")) for each in in_template(page)) == {"一句话，很长": ["x", "x"]}
    code = ast.parse("def f():\n    '文档'\n    return N_('文字 %(a)s'), N_('文字 {b}'), '文档'")
    assert twice((each, Path("x")) for each in marked_in(code)) == {"文字 %s": ["x", "x"]}
    assert list(in_python(code)).count("文档") == 1

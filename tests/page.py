"""An HTML page as a test sees it: its words, its forms, and what is wrong with it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
FIELDS = ("input", "select", "textarea")


class Page(HTMLParser):
    """A page, or the part of one that a panel shows. Parsing is strict: every element is closed where it belongs."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self._tree = html, TreeBuilder()
        self.faults: list[str] = []
        self._open: list[str] = []
        self._tree.start("root", {})
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        for tag in reversed(["root", *self._open]):
            self._tree.end(tag)
        self.root = self._tree.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        self._tree.end(tag) if tag in VOID else self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        self._tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._tree.end(self._open.pop())
        else:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, text: str) -> None:
        self._tree.data(text)

    @property
    def text(self) -> str:
        """All words, with single spaces."""
        return words(self.root)

    @property
    def is_whole(self) -> bool:
        """A page, not a part of one."""
        return self.html.lstrip().lower().startswith("<!doctype html>")

    def all(self, *tags: str) -> list[Element]:
        """Every element of these kinds."""
        return [element for element in self.root.iter() if element.tag in tags]

    def button(self, name: str) -> tuple[Element, Element]:
        """The button with exactly these words, and the form it stands in."""
        found = [(form, each) for form in self.all("form") for each in form.iter("button") if words(each) == name]
        assert found, f"no button {name} on: {self.text}"
        return found[0]

    def link(self, name: str) -> str:
        """Where the link with exactly these words leads."""
        return next(each.attrib["href"] for each in self.all("a") if words(each) == name)

    def has_button(self, name: str) -> bool:
        """Whether there is such a button, and it can be pressed."""
        return any(words(each) == name and "disabled" not in each.attrib for each in self.all("button"))

    def problems(self) -> list[str]:
        """Everything that is wrong with it."""
        checks = [_unique_ids, _named_fields, _nothing_inline, _pictures_have_words, _named_buttons]
        whole = [_one_heading, _title_begins_with_heading, _has_a_language] if self.is_whole else []
        return self.faults + [fault for check in [*checks, *whole] for fault in check(self)]


def filled_in(form: Element) -> dict[str, str]:
    """What a browser would send of a form that nobody touched, its buttons apart; of a name that stands several times
    the last."""
    return dict(_pairs(form))


def repeated(form: Element) -> dict[str, list[str]]:
    """The names that stand several times in such a form, with all their values."""
    names = [name for name, _value in _pairs(form)]
    return {name: [value for each, value in _pairs(form) if each == name] for name in names if names.count(name) > 1}


def _pairs(form: Element) -> list[tuple[str, str]]:
    sent = []
    for field in form.iter():
        name, box = field.get("name", ""), field.get("type") in ("checkbox", "radio")
        if field.tag == "input" and (not box or "checked" in field.attrib):
            sent.append((name, field.get("value", "")))
        if field.tag == "textarea":
            sent.append((name, field.text or ""))
        if field.tag == "select":
            options = list(field.iter("option"))
            chosen = next((each for each in options if "selected" in each.attrib), options[0])
            sent.append((name, chosen.attrib["value"]))
    return sent


def words(element: Element) -> str:
    """What stands in an element, with single spaces."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _one_heading(page: Page) -> list[str]:
    count = len(page.all("h1"))
    return [] if count == 1 else [f"{count} h1"]


def _title_begins_with_heading(page: Page) -> list[str]:
    title, heading = (words(each[0]) if each else "" for each in (page.all("title"), page.all("h1")))
    return [] if heading and title.startswith(heading) else [f"the title “{title}” does not begin with “{heading}”"]


def _has_a_language(page: Page) -> list[str]:
    return [] if page.all("html")[0].get("lang") else ["no language"]


def _unique_ids(page: Page) -> list[str]:
    ids = [element.get("id") for element in page.root.iter() if element.get("id") is not None]
    return [f"id {name!r} {ids.count(name)} times" for name in set(ids) if not name or ids.count(name) > 1]


def _named_fields(page: Page) -> list[str]:
    labelled = {label.get("for") for label in page.all("label") if words(label)}
    inside = [field for label in page.all("label") if words(label) for field in label.iter()]
    fields = [field for field in page.all(*FIELDS) if field.get("type") != "hidden"]
    return [
        f"a field without a name: {field.attrib}"
        for field in fields
        if field.get("id") not in labelled and field not in inside and not field.get("aria-label")
    ]


def _named_buttons(page: Page) -> list[str]:
    return [
        f"a button without a name: {each.attrib}"
        for each in page.all("button", "a")
        if not words(each) and not each.get("aria-label")
    ]


def _pictures_have_words(page: Page) -> list[str]:
    return [f"a picture without alt: {each.get('src')}" for each in page.all("img") if "alt" not in each.attrib]


def _nothing_inline(page: Page) -> list[str]:
    attributes = [(element.tag, name) for element in page.root.iter() for name in element.attrib]
    inline = [f"<{tag} {name}=…>" for tag, name in attributes if name == "style" or name.startswith("on")]
    scripts = [each for each in page.all("script") if "src" not in each.attrib and each.get("type") != "importmap"]
    return inline + ["an inline script"] * len(scripts) + ["an inline style"] * len(page.all("style"))

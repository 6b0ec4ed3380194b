"""What a slice brings to the application. Whoever works for all slices asks here and names none of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import click
from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.base.json_values import JsonObject
from app.http.console import Need, Panel, TodayFigures

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Errand:
    """What is done again and again beside the jobs of long work, in their process, whenever it `is_due`.

    `run` does what is due now and ends early when the event is set. Both are called within the application's context.
    """

    is_due: Callable[[], bool]
    run: Callable[[threading.Event], None]


@dataclass(frozen=True)
class LongWork:
    """A kind of long work: what people call it, and what is done in the process of `app.work`.

    `page` is the address that shows one piece of it, with the names of the job's arguments in their places.
    """

    title: str
    run: Callable[..., JsonObject]
    page: str = ""


@dataclass(frozen=True)
class Slice:
    """One slice, as `app/<slice>/slice.py` exports it.

    `opened` are views that anybody may open, whoever they are; `signed` those whose requests come from elsewhere and
    carry a signature that the view checks itself. `pictures` are those that take pictures → the most bytes of a
    request; `login_page` is where one logs in. `page` is the page on which the slice's buttons and dialogs stand:
    what cannot be done any more leads back there. `dialogs`: what is to be taken → the dialog in which it is.
    `commands` are the slice's own of `flask`; `jobs`: kind → long work; `errands`: what is done
    beside it whenever it is due. `login_ended`: what ends with the login of an id, in the same transaction.
    `needs`, `figures` and `panels` stand on the operator's front page.
    """

    blueprints: tuple[Blueprint, ...] = ()
    opened: tuple[View, ...] = ()
    signed: tuple[View, ...] = ()
    pictures: Mapping[View, int] = field(default_factory=dict)
    page: View | None = None
    dialogs: Mapping[str, View] = field(default_factory=dict)
    login_page: View | None = None
    commands: tuple[click.Command, ...] = ()
    jobs: Mapping[str, LongWork] = field(default_factory=dict)
    login_ended: Callable[[Session, int, datetime], None] | None = None
    errands: tuple[Errand, ...] = ()
    needs: tuple[Need, ...] = ()
    figures: tuple[TodayFigures, ...] = ()
    panels: tuple[Panel, ...] = ()


class Slices:
    """All slices of an application, in their order, and what they say together; `opened`: views that are no slice's."""

    def __init__(self, every: Sequence[Slice], opened: Sequence[View] = ()) -> None:
        self.every = tuple(every)
        self._opened = {*opened, *(view for each in every for view in (*each.opened, *each.signed))}
        self._signed = {view for each in every for view in each.signed}
        self._pictures = {view: most for each in every for view, most in each.pictures.items()}
        self._by_blueprint = {pages.name: each for each in every for pages in each.blueprints}

    @property
    def works(self) -> Mapping[str, Callable[..., JsonObject]]:
        """Kind of long work → what is done in its process."""
        return {kind: work.run for each in self.every for kind, work in each.jobs.items()}

    @property
    def long_work(self) -> Mapping[str, LongWork]:
        """By its kind."""
        return {kind: work for each in self.every for kind, work in each.jobs.items()}

    def login_ended(self, session: Session, login_id: int, now: datetime) -> None:
        """Somebody's login has ended before its time: what every slice ends with it."""
        for each in self.every:
            if each.login_ended:
                each.login_ended(session, login_id, now)

    @property
    def errands(self) -> tuple[Errand, ...]:
        """What is done in that process whenever it is due."""
        return tuple(errand for each in self.every for errand in each.errands)

    @property
    def needs(self) -> list[Need]:
        """What has to be there before candidates may come, in the order of the page."""
        return sorted((need for each in self.every for need in each.needs), key=lambda need: need.place)

    @property
    def figures(self) -> list[TodayFigures]:
        """Who counts how today goes, in the order of the page."""
        return sorted((some for each in self.every for some in each.figures), key=lambda some: some.place)

    @property
    def panels(self) -> list[Panel]:
        """What slices draw themselves on the operator's front page, in its order."""
        return sorted((panel for each in self.every for panel in each.panels), key=lambda panel: panel.place)

    @property
    def login_page(self) -> View:
        """Where one logs in."""
        return next(each.login_page for each in self.every if each.login_page)

    def is_open(self, view: View | None) -> bool:
        """Whether anybody may open this view."""
        return view in self._opened

    def is_signed(self, view: View | None) -> bool:
        """Whether requests to this view come from elsewhere and are signed: the view itself looks who asks."""
        return view in self._signed

    def most_bytes(self, view: View | None, usual: int) -> int:
        """How many bytes a request to this view may carry."""
        return self._pictures.get(view, usual) if view else usual

    def page_below(self) -> View | None:
        """The page on which the button stands that was pressed, or over which the dialog opens; None for the rest."""
        here = self._by_blueprint.get(request.blueprint or "", Slice())
        return here.page if request.method == "POST" or asked_view() in here.dialogs.values() else None


def asked_view() -> View | None:
    """The view that this request asks for; None when there is none at its address."""
    return current_app.view_functions.get(request.endpoint or "")  # type: ignore[return-value]  # none is a coroutine


def address_of(view: View, **values: str | int | None) -> str:
    """Where this view of the current application is; a value that is None is left out."""
    endpoint = next(name for name, each in current_app.view_functions.items() if each == view)
    return url_for(endpoint, **values)  # type: ignore[arg-type]  # no value is one of url_for's own options

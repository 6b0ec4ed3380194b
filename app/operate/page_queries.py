"""What the front page of the console shows, asked of all slices."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.base.errors import N_, Fact
from app.http.console import Figure, Need, NeedReading, NeedState, address_if_there
from app.http.slices import Slices

TONES = {NeedState.READY: "good", NeedState.ATTENTION: "warn", NeedState.MISSING: "bad"}
STATES = {NeedState.READY: N_("已就绪"), NeedState.ATTENTION: N_("请留意"), NeedState.MISSING: N_("还没有")}


@dataclass(frozen=True)
class NeedLine:
    """One need as it is shown; `address` is empty while there is no page for it."""

    title: str
    state: NeedState
    words: str
    facts: Mapping[str, Fact]
    number: str
    address: str

    @property
    def tone(self) -> str:
        """Good, warn or bad."""
        return TONES[self.state]

    @property
    def state_words(self) -> str:
        """The state in a word."""
        return STATES[self.state]


@dataclass(frozen=True)
class ShownPanel:
    """A part that a slice draws: its template, and what it is given."""

    template: str
    panel: Sequence[Hashable]


@dataclass(frozen=True)
class FrontPage:
    """The needs in their order, the numbers of today, and what slices draw themselves."""

    lines: tuple[NeedLine, ...]
    figures: tuple[Figure, ...]
    panels: tuple[ShownPanel, ...]

    @property
    def begun(self) -> bool:
        """Whether candidates have come already: then today is told whatever is missing."""
        return bool(self.panels) or any(figure.number for figure in self.figures)

    @property
    def missing(self) -> list[NeedLine]:
        """Without these candidates cannot come."""
        return [line for line in self.lines if line.state == NeedState.MISSING]

    @property
    def attention(self) -> list[NeedLine]:
        """What works, but somebody should look at."""
        return [line for line in self.lines if line.state == NeedState.ATTENTION]

    @property
    def ready(self) -> list[NeedLine]:
        """What is there."""
        return [line for line in self.lines if line.state == NeedState.READY]


def front_page(session: Session, slices: Slices, now: datetime) -> FrontPage:
    """Ask every slice."""
    lines = tuple(_line(need, need.look(session, now)) for need in slices.needs)
    figures = tuple(_linked(figure) for some in slices.figures for figure in some.look(session, now))
    looked = [(panel.template, panel.look(session, now)) for panel in slices.panels]
    return FrontPage(lines, figures, tuple(ShownPanel(template, seen) for template, seen in looked if seen))


def _line(need: Need, reading: NeedReading) -> NeedLine:
    number = "" if reading.number is None else f"{reading.number:,}" + "+" * reading.or_more
    address = address_if_there(need.path) if need.path else ""
    return NeedLine(need.title, reading.state, reading.words, reading.facts, number, address)


def _linked(figure: Figure) -> Figure:
    return Figure(figure.title, figure.number, address_if_there(figure.path) if figure.path else "")

"""毕业预测 and 学历管理: what the records say, for the candidate to check."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.graduation.counting import KINDS
from app.graduation.queries import status_of
from app.graduation.records_queries import certificates_of, forecast_of, programme_of
from app.graduation.rules import strip_step
from app.graduation.workflow import Status
from app.identity.queries import nearest_office
from app.identity.rules import masked_id_number
from app.web.here import candidate, now, parts

pages = Blueprint("records", __name__)


@pages.get("/forecast")
def forecast() -> str:
    """毕业预测: the result at once, each condition, each course."""
    person = candidate()
    with parts().db.reading() as db:
        status = status_of(db, person.id)
        return render_template(
            "graduation/forecast.html",
            candidate=person,
            forecast=forecast_of(db, person, now()),
            kinds=KINDS,
            office=nearest_office(db, person),
            at=now(),
            step=strip_step(status),
            applied=status != Status.FORM,
            here="forecast",
        )


@pages.get("/education")
def education() -> str:
    """学历管理: earlier degrees as they are recorded; numbers are masked."""
    person = candidate()
    with parts().db.reading() as db:
        return render_template(
            "graduation/education.html",
            candidate=person,
            certificates=certificates_of(db, person.id),
            programme=programme_of(db, person),
            office=nearest_office(db, person),
            masked=masked_id_number,
            step=strip_step(status_of(db, person.id)),
            here="education",
        )

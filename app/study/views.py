"""毕业预测 and 学历管理: what the records say, for the candidate to check."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.http.current import now
from app.http.provided import database, provided
from app.identity.current import candidate
from app.identity.queries import nearest_office
from app.identity.rules import masked_id_number
from app.study.course_rules import rows_of
from app.study.queries import ProgressOf, certificates_of, forecast_of, programme_of

pages = Blueprint("study", __name__)


@pages.get("/forecast")
def forecast() -> str:
    """毕业预测: the result at once, each condition, each course."""
    person = candidate()
    with database().reading() as db:
        found = forecast_of(db, person, now())
        progress = provided(ProgressOf)(db, person.id)
        return render_template(
            "study/forecast.html",
            candidate=person,
            forecast=found,
            courses=rows_of(found.courses),
            office=nearest_office(db, person),
            at=now(),
            step=progress.step,
            applied=progress.applied,
            here="forecast",
        )


@pages.get("/education")
def education() -> str:
    """学历管理: earlier degrees as they are recorded; numbers are masked."""
    person = candidate()
    with database().reading() as db:
        return render_template(
            "study/education.html",
            candidate=person,
            certificates=certificates_of(db, person.id),
            programme=programme_of(db, person),
            office=nearest_office(db, person),
            masked=masked_id_number,
            step=provided(ProgressOf)(db, person.id).step,
            here="education",
        )

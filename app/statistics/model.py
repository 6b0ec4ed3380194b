"""What is counted once and for all: sums by day and office. They say nothing of anybody and can be made again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.application.model import Application, Receipt
from app.base.database import Base
from app.review.model import Decision


class Tally(Base):
    """How often something was so on one day at one office (0: at none).

    `what` is one of `tally_rules`; `name` says more, such as a check, `value` a number, such as seconds.
    """

    __tablename__ = "tally"

    what: Mapped[str] = mapped_column(String(10), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int]


class TallyMark(Base):
    """Up to which row of the table `source` all is counted. Whoever moves it from where it was has the right to add."""

    __tablename__ = "tally_mark"

    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    upto: Mapped[int]


# Where an application was of which a system above refused the photo: no office had to decide there.
REFUSED_ABOVE = "status IN ('READY', 'SUBMITTED')"

# By these the rest is counted when a page is opened.
Index("ix_application_standing", Application.office_id, Application.status, Application.applied_at)
Index("ix_application_applied", Application.applied_at, Application.office_id)
Index("ix_receipt_day", Receipt.handed_over_at, Receipt.kind, Receipt.application_id)
Index(
    "ix_decision_day",
    Decision.decided_at,
    Decision.act,
    Decision.undone_at,
    Decision.approved,
    Decision.office_id,
    Decision.status,
)
Index(
    "ix_decision_above",
    Decision.decided_at,
    Decision.application_id,
    sqlite_where=text(REFUSED_ABOVE),
    postgresql_where=text(REFUSED_ABOVE),
)
Index(
    "ix_decision_first",
    Decision.item,
    Decision.office_id,
    Decision.application_id,
    Decision.decided_at,
    Decision.undone_at,
    Decision.approved,
    Decision.status,
)

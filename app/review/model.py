"""Tables of what the offices did: what they decided, and where they moved a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.application.workflow import Status
from app.base.database import Base
from app.identity.model import Office, Staff


class Decision(Base):
    """What one reviewer decided about one item of an application; rows of one act share `act`.

    `item` is portrait, front, back or holding, `sha256` names the very picture, `status` is where the application was.
    `region` is x, y, width, height as shares of the shown picture. An undone decision counts no more. Nobody's
    (`staff_id`) are those that came in by the command line from a system outside.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(22), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    status: Mapped[Status] = mapped_column(String(30))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    item: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    approved: Mapped[bool]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    opinion: Mapped[str] = mapped_column(String(500), default="")
    region: Mapped[list[float] | None] = mapped_column(JSON)
    decided_at: Mapped[datetime] = mapped_column(index=True)
    undone_at: Mapped[datetime | None]
    office: Mapped[Office] = relationship(lazy="joined")
    staff: Mapped[Staff | None] = relationship(lazy="joined")


class PlaceChange(Base):
    """One change of an application's 办理地点, by which office and whom; the places are GB/T 2260 codes.

    `office_id` and `staff_id` are always known, but for changes of before there was this table.
    """

    __tablename__ = "place_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    former: Mapped[str] = mapped_column(String(6))
    place: Mapped[str] = mapped_column(String(6))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(String(100))
    changed_at: Mapped[datetime]
    office: Mapped[Office | None] = relationship(lazy="joined")
    staff: Mapped[Staff | None] = relationship(lazy="joined")

"""Table of the pictures that phones sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.database import Base
from app.base.json_values import JsonObject

BLOBS = ("original", "preview", "derived", "overlay")


class Capture(Base):
    """One picture with its report. The draft is the one without `ended_at`: at most one an application.

    BLOBS name sealed blobs: the bytes as sent, kept as evidence; the re-encoded picture that is shown; the one to be
    registered, whose bytes `registered_sha256` names, and which is the part `crop` (left, top, width, height as shares)
    of the upright picture; what the checks saw, to be laid over the shown one.
    A refused picture is not kept: its row has the
    report and no blobs.
    """

    __tablename__ = "capture"
    __table_args__ = (
        Index(
            "uq_capture_draft",
            "application_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_capture_day", "application_id", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    declared: Mapped[str] = mapped_column(String(20))
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(10))
    report: Mapped[JsonObject] = mapped_column(JSON)
    original: Mapped[str | None] = mapped_column(String(64))
    preview: Mapped[str | None] = mapped_column(String(64))
    derived: Mapped[str | None] = mapped_column(String(64))
    overlay: Mapped[str | None] = mapped_column(String(64))
    registered_sha256: Mapped[str | None] = mapped_column(String(64))
    crop: Mapped[list[float] | None] = mapped_column(JSON)
    received_at: Mapped[datetime]
    handed_over_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(20))

    @property
    def size(self) -> dict[str, int]:
        """Its sides in px and its size in whole KB, for texts."""
        return {"width": self.width, "height": self.height, "kb": self.bytes // 1024}

"""Table of the pictures of ID documents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.database import Base

BLOBS = ("original", "preview")


class Document(Base):
    """One picture of an ID document. The one that counts is the one without `ended_at`: at most one a slot.

    `slot` is front, back or holding. BLOBS name sealed blobs: the bytes as sent, and the re-encoded picture that is
    shown.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index(
            "uq_document_live",
            "application_id",
            "slot",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    slot: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    original: Mapped[str | None] = mapped_column(String(64))
    preview: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime]
    handed_over_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(20))

    @property
    def size(self) -> dict[str, int]:
        """Its sides in px and its size in whole KB, for texts."""
        return {"width": self.width, "height": self.height, "kb": self.bytes // 1024}

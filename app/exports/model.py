"""Tables of exports: what was asked for, and the manifest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base
from app.exports.layout_rules import ExportKind
from app.exports.rules import Change, Fault, Part, size_of
from app.identity.model import Staff
from app.jobs.model import Job


class Export(Base):
    """One ZIP, of one batch and one city. It can be downloaded once `made_at` is set, and then changes no more.

    `since_id` is the export that it is compared with: what is the same is not in it. `length` is that of the ZIP,
    `digest` names its content. `nonce` is what the password of a sealed one follows from, `nonce_check` tells under
    which SECRET_KEY; another password is another nonce. `found` counts the people in it, by `Change`; `faults` those
    whose photo cannot be read.
    """

    __tablename__ = "export"
    __table_args__ = (Index("ix_export_scope", "kind", "batch", "city", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ExportKind] = mapped_column(String(12))
    batch: Mapped[str] = mapped_column(String(6))
    city: Mapped[str] = mapped_column(String(6))
    layout: Mapped[str] = mapped_column(String(40))
    list_format: Mapped[str] = mapped_column(String(5))
    template: Mapped[str] = mapped_column(String(80))
    sealed: Mapped[bool] = mapped_column(default=False)
    nonce: Mapped[str] = mapped_column(String(32), default="")
    nonce_check: Mapped[str] = mapped_column(String(8), default="")
    since_id: Mapped[int | None] = mapped_column(ForeignKey("export.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    new: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    length: Mapped[int] = mapped_column(BigInteger, default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    downloads: Mapped[int] = mapped_column(default=0)
    asker: Mapped[Staff | None] = relationship(lazy="joined")
    job: Mapped[Job | None] = relationship(lazy="joined")

    @property
    def size(self) -> str:
        """The ZIP's size for people to read."""
        return size_of(self.length)

    @property
    def has_photos(self) -> bool:
        """Whether it is one of photos."""
        return self.kind == ExportKind.PHOTOS

    @property
    def fields(self) -> dict[str, str]:
        """What the form has to say to ask for the same again."""
        names = ("kind", "batch", "city", "layout", "list_format", "template")
        return {name: str(getattr(self, name)) for name in names} | {"preview": "yes"}

    @property
    def people(self) -> int:
        """How many have a photo or a row in it."""
        return self.new + self.replaced


class ExportItem(Base):
    """A line of the manifest. In the ZIP are those with a `name`, in the order of their ids: `bytes` bytes with this
    hash, kept under `blob`. The others say who was looked at: the same as before, withdrawn, or with a `fault`."""

    __tablename__ = "export_item"
    __table_args__ = (Index("ix_export_item_export_id", "export_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"))
    part: Mapped[Part] = mapped_column(String(5))
    change: Mapped[Change] = mapped_column(String(9))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("capture.id"))
    name: Mapped[str] = mapped_column(String(200), default="")
    blob: Mapped[str] = mapped_column(String(64), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    crc32: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    fault: Mapped[Fault | None] = mapped_column(String(10))

"""Table of the lists that came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base
from app.identity.model import Staff
from app.jobs.model import Job


class ImportedFile(Base):
    """One file: what it is said to be, who brought it, what came of it. `sha256` is that of the file.

    `secret` names it among the sealed files until it is removed, and is empty for one that stayed on the command line.
    `look` is the newest job that checked it, `entry` the one that wrote it.
    """

    __tablename__ = "imported_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    layout: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    secret: Mapped[str] = mapped_column(String(64))
    brought_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    brought_at: Mapped[datetime]
    given_up_at: Mapped[datetime | None]
    look_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    bringer: Mapped[Staff | None] = relationship(lazy="joined")
    look: Mapped[Job | None] = relationship(foreign_keys=look_id, lazy="joined")
    entry: Mapped[Job | None] = relationship(foreign_keys=entry_id, lazy="joined")

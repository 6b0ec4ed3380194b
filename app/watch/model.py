"""Table of the backups that were made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.base.database import Base


class Backup(Base):
    """One backup that is whole: when it began, which is the moment that it holds, and how much is in it.

    The row is written afterwards, so that an archive holds the rows of earlier ones only.
    """

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    candidates: Mapped[int]
    applications: Mapped[int]
    pictures: Mapped[int]
    lost: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)

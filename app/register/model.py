"""Table of the local copy of the population register."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.database import Base


class RegisterEntry(Base):
    """One person of the register, as an operator imported it."""

    __tablename__ = "register_entry"

    id_number: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    sex: Mapped[str] = mapped_column(String(4))
    born_on: Mapped[date]

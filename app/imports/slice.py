"""What this slice brings to the application."""

from __future__ import annotations

from app.imports.kind_actions import ImportSlice
from app.imports.kinds.candidates import Candidates
from app.imports.kinds.results import Results

SLICE = ImportSlice(kinds=(Candidates(), Results()))

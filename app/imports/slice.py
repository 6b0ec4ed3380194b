"""What this slice brings to the application."""

from __future__ import annotations

from app.base.errors import N_
from app.http.slices import LongWork
from app.imports import views
from app.imports.commands import import_
from app.imports.file_actions import JOB
from app.imports.jobs import do_import
from app.imports.kind_actions import ImportSlice
from app.imports.kinds.candidates import Candidates
from app.imports.kinds.offices import Batches, Offices
from app.imports.kinds.programmes import Programmes
from app.imports.kinds.records import Degrees, Suspensions
from app.imports.kinds.register import RegisterRows
from app.imports.kinds.results import Results

SLICE = ImportSlice(
    blueprints=(views.pages,),
    pictures={views.receive: views.MOST_BYTES},
    commands=(import_,),
    jobs={JOB: LongWork(N_("导入"), do_import, "/operate/imports/{file}")},
    kinds=(Candidates(), Programmes(), Results(), Suspensions(), Degrees(), RegisterRows(), Offices(), Batches()),
)

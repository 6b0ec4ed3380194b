"""What this slice brings to the application."""

from __future__ import annotations

from app.base.errors import N_
from app.exports import download_views, views
from app.exports.actions import JOB
from app.exports.commands import export
from app.exports.jobs import make
from app.exports.refusal_list_actions import Refusals
from app.http.slices import LongWork
from app.imports.kind_actions import ImportSlice

SLICE = ImportSlice(
    blueprints=(views.pages, download_views.pages),
    commands=(export,),
    jobs={JOB: LongWork(N_("导出"), make, "/operate/exports/{export}")},
    kinds=(Refusals(),),
)

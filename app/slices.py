"""The slices of the product, in their order; the only place that lists them."""

from __future__ import annotations

from app.application.contributions import Contribution
from app.application.slice import SLICE as APPLICATION
from app.documents.slice import SLICE as DOCUMENTS
from app.http.slices import Slice
from app.identity.slice import SLICE as IDENTITY
from app.jobs.slice import SLICE as JOBS
from app.operate.slice import SLICE as OPERATE
from app.pairing.slice import SLICE as PAIRING
from app.phone.slice import SLICE as PHONE
from app.portrait.slice import SLICE as PORTRAIT
from app.printing.slice import SLICE as PRINTING
from app.review.slice import SLICE as REVIEW
from app.site.slice import SLICE as SITE
from app.study.slice import SLICE as STUDY
from app.support.slice import SLICE as SUPPORT
from app.watch.slice import SLICE as WATCH

CONTRIBUTIONS: tuple[Contribution, ...] = (DOCUMENTS, PORTRAIT, REVIEW)
SLICES: tuple[Slice, ...] = (
    IDENTITY,
    JOBS,
    STUDY,
    APPLICATION,
    PAIRING,
    *CONTRIBUTIONS,
    PRINTING,
    SUPPORT,
    WATCH,
    OPERATE,
    PHONE,
    SITE,
)

"""The slices of the product, in their order; the only place that lists them."""

from __future__ import annotations

from app.accounts.slice import SLICE as ACCOUNTS
from app.application.contributions import Contribution
from app.application.slice import SLICE as APPLICATION
from app.documents.slice import SLICE as DOCUMENTS
from app.exports.slice import SLICE as EXPORTS
from app.http.slices import Slice
from app.identity.slice import SLICE as IDENTITY
from app.imports.slice import SLICE as IMPORTS
from app.jobs.slice import SLICE as JOBS
from app.offices.slice import SLICE as OFFICES
from app.operate.slice import SLICE as OPERATE
from app.outbox.slice import SLICE as OUTBOX
from app.pairing.slice import SLICE as PAIRING
from app.parent.slice import SLICE as PARENT
from app.phone.slice import SLICE as PHONE
from app.portrait.slice import SLICE as PORTRAIT
from app.printing.slice import SLICE as PRINTING
from app.register.slice import SLICE as REGISTER
from app.review.slice import SLICE as REVIEW
from app.site.slice import SLICE as SITE
from app.statistics.slice import SLICE as STATISTICS
from app.study.slice import SLICE as STUDY
from app.support.slice import SLICE as SUPPORT
from app.watch.slice import SLICE as WATCH

CONTRIBUTIONS: tuple[Contribution, ...] = (DOCUMENTS, PORTRAIT, REVIEW)
SLICES: tuple[Slice, ...] = (
    IDENTITY,
    OUTBOX,
    ACCOUNTS,
    JOBS,
    REGISTER,
    STUDY,
    APPLICATION,
    OFFICES,
    PAIRING,
    *CONTRIBUTIONS,
    PRINTING,
    SUPPORT,
    IMPORTS,
    EXPORTS,
    STATISTICS,
    PARENT,
    WATCH,
    OPERATE,
    PHONE,
    SITE,
)

"""The slices of the product, in their order; the only place that lists them."""

from __future__ import annotations

from app.application.views import pages as application
from app.documents.views import pages as documents
from app.identity.views import pages as identity
from app.pairing.views import pages as pairing
from app.phone.capture_views import pages as phone_captures
from app.phone.document_views import pages as phone_documents
from app.phone.pairing_views import pages as phone_pairing
from app.phone.views import pages as phone
from app.portrait.views import pages as portrait
from app.printing.views import pages as printing
from app.review.pages import ALL as review
from app.site.views import pages as site
from app.study.views import pages as study
from app.support.views import pages as support

BLUEPRINTS = (
    site,
    identity,
    application,
    study,
    pairing,
    documents,
    phone_documents,
    portrait,
    phone,
    phone_pairing,
    phone_captures,
    *review,
    support,
    printing,
)

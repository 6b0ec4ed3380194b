"""The audit's vocabulary: every action that is recorded. The words are in chains that exist: they never change."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What somebody did; the first are steps of the procedure."""

    APPLY = "apply"
    MATCH = "match"
    MISMATCH = "mismatch"
    SUBMIT_DOCUMENTS = "submit_documents"
    HAND_OVER = "hand_over"
    HAND_OVER_ALL = "hand_over_all"
    PORTRAIT_LOST = "portrait_lost"
    PORTRAIT_EXPIRED = "portrait_expired"
    APPROVE = "approve"
    REJECT_PORTRAIT = "reject_portrait"
    REJECT_DOCUMENTS = "reject_documents"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"

    UNDO = "undo"
    RECORD_CHANGED = "record_changed"
    REGISTER_UNREACHABLE = "register_unreachable"
    CONSENT = "consent"
    INFORMED = "informed"

    CAPTURE_RECEIVED = "capture_received"
    CAPTURE_REFUSED = "capture_refused"
    CAPTURE_WITHDRAWN = "capture_withdrawn"
    CAPTURE_LOST = "capture_lost"
    CAPTURE_PURGED = "capture_purged"
    DOCUMENT_RECEIVED = "document_received"
    DOCUMENT_REMOVED = "document_removed"
    DOCUMENT_LOST = "document_lost"
    DOCUMENT_PURGED = "document_purged"
    DOCUMENTS_GIVEN_UP = "documents_given_up"

    PAIRING_ISSUED = "pairing_issued"
    PAIRING_CLAIMED = "pairing_claimed"
    PAIRING_EXPIRED = "pairing_expired"
    PAIRING_REPLACED = "pairing_replaced"
    PAIRING_REISSUED = "pairing_reissued"
    PAIRING_REVOKED = "pairing_revoked"
    PAIRING_LOCKED = "pairing_locked"
    PAIRING_NOT_MINE = "pairing_not_mine"
    PAIRING_HANDED_OVER = "pairing_handed_over"
    PAIRING_SAVED = "pairing_saved"
    PAIRING_LOGGED_OUT = "pairing_logged_out"
    PAIRING_WITHDRAWN = "pairing_withdrawn"

    REVIEW_CLAIMED = "review_claimed"
    REVIEW_RELEASED = "review_released"
    PLACE_CHANGED = "place_changed"
    SUPPORT_LINK = "support_link"
    FORM_DOWNLOADED = "form_downloaded"
    FORM_PRINTED = "form_printed"

    PICTURE_VIEWED = "picture_viewed"
    DOCUMENT_VIEWED = "document_viewed"
    FORM_SHOWN = "form_shown"
    SUPPORT_LOOKED = "support_looked"
    CASE_VIEWED = "case_viewed"
    QUEUE_VIEWED = "queue_viewed"
    PEOPLE_SEARCHED = "people_searched"


# Somebody looked: the row is there for the audit, nothing happened to anybody.
LOOKS = (
    Action.PICTURE_VIEWED,
    Action.DOCUMENT_VIEWED,
    Action.FORM_SHOWN,
    Action.SUPPORT_LOOKED,
    Action.CASE_VIEWED,
    Action.QUEUE_VIEWED,
    Action.PEOPLE_SEARCHED,
)

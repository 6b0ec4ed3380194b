"""The packages of app/ in their one order, and the name of every file in them: a file that is not here has no place."""

from __future__ import annotations

# Each imports only those before it. app/*.py is the wiring: it may import them all, and nothing imports it.
ORDER = (
    "base",
    "http",
    "serve",
    "imaging",
    "identity",
    "jobs",
    "register",
    "study",
    "application",
    "pairing",
    "documents",
    "portrait",
    "review",
    "printing",
    "support",
    "exports",
    "operate",
    "phone",
    "site",
    "demo",
)

# A file of a slice is named by its role, alone or after its topic: `rules`, `place_rules`. An inner role never imports
# an outer one.
ROLES = ("texts", "rules", "model", "queries", "actions", "forms", "views")

# What a slice may have beside them: name → what it is.
GOVERNED = {
    "current": "Who asks in this request.",
    "settings": "What the slice reads of the settings.",
    "port": "The way to a system of others, whatever stands behind it.",
    "passwords": "The way to whoever verifies passwords.",
    "throttle": "What is asked of whoever tries passwords.",
    "workflow": "The table of steps.",
    "terms": "The texts that candidates agree to.",
    "runner": "What carries long work out, in a process of its own.",
    "slice": "What the slice brings to the application, as one object.",
    "contributions": "What later slices say about an application and do with theirs of it.",
    "commands": "The slice's own of `flask`.",
    "jobs": "The slice's kinds of long work.",
    "packer": "The way to whoever packs an export.",
    "fonts": "The typefaces of the form.",
    "press": "The way to whoever prints.",
    "sockets": "Who may listen to which bell.",
    "relay": "What the two sides of a pairing say to each other.",
    "guard": "What may be asked at all.",
    "template_context": "What every template can use.",
}

SLICES = {
    "identity": """
        act_rules actions actor_rules current device_rules forms login_actions model passwords queries record_rules
        rules slice throttle views
    """,
    "jobs": """
        actions model queries rules runner slice views
    """,
    "register": """
        model port queries rules
    """,
    "study": """
        condition_rules counting_rules course_rules degree_rules forecast_rules model queries slice views
    """,
    "application": """
        actions audit_rules batch_rules comparison_actions contributions message_rules model offer_queries
        page_queries place_rules queries rules slice status_row_rules status_rules telephone_rules texts terms
        views workflow
    """,
    "pairing": """
        actions claim_actions ending_rules history_queries last_four_actions model move_actions queries rules
        settings slice texts typed_actions typed_rules views
    """,
    "documents": """
        actions dialog_queries forms loss_actions model queries retention_actions rules slice texts
        upload_views views
    """,
    "portrait": """
        actions dialog_queries loss_actions model queries retention_actions slice views withdrawal_actions
    """,
    "review": """
        actions case_queries decision_views forms look_actions measurement_rules model opinion_queries page_queries
        picture_views place_actions place_change_queries queries reason_rules reason_texts rules same_picture_queries
        slice undo_actions views
    """,
    "printing": """
        fonts press queries rules slice views
    """,
    "support": """
        actions pairing_rules queries slice timeline_queries views wording_rules
    """,
    "exports": """
        actions commands download_views field_rules forms jobs layout_rules list_rules making_actions manifest_actions
        model name_rules packer preview_queries queries reading_actions refusal_actions rules seal_rules settings slice
        views zip_rules
    """,
    "operate": """
        slice views
    """,
    "phone": """
        answer_forms beside_texts camera_texts capture_views current document_texts document_views
        ended_texts forms live_texts page_texts pairing_views probe_forms probe_views receiving_views relay
        relay_rules sending_texts settings slice sockets texts trouble_texts upload_forms views
    """,
    "site": """
        guard settings slice template_context views
    """,
}

# Packages without a domain: each is a small library, and its files are what it consists of.
LIBRARIES = {
    "base": """
        audit bells blobs budget catalogue clock database database_errors errors escaping files host_names
        json_values keyed_locks limits logs partial_uploads periodic_task redact seal sqlite steps store sweep tokens
        unavailable
    """,
    "base/workers": """
        frames hidden kernel landlock main pool process sandbox seccomp syscalls worker_slot
    """,
    "http": """
        admission assets bodies bundles cookies current errors headers hosts login_queue pictures provided seats slices
        trace uploads
    """,
    "serve": """
        addresses announce certificate companion eventlet_server head in_flight limits listener metered origins settings
        shared_tls stop threading_server
    """,
    "imaging": """
        __main__ commands inspect measuring overlay phone_mesh probe registered_photo report transcode
    """,
    "imaging/checks": """
        background check detail exposure geometry pose_expression provenance size skin
    """,
    "imaging/intake": """
        decode gate heic jpeg png
    """,
    "imaging/networks": """
        faces landmarks network pose tflite weights
    """,
    "imaging/packs": """
        pack pack_schema
    """,
    "imaging/scene": """
        background closer colour crop regions scene silhouette
    """,
    "demo": """
        applications batches offices people register study
    """,
}


def names() -> dict[str, list[str]]:
    """Every folder below app/ with the stems that may be in it."""
    return {folder: listed.split() for folder, listed in (SLICES | LIBRARIES).items()}

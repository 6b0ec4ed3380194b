"""The packages of app/ in their one order, and the name of every file in them: a file that is not here has no place."""

from __future__ import annotations

# Each imports only those before it. app/*.py is the wiring: it may import them all, and nothing imports it.
ORDER = (
    "base",
    "http",
    "serve",
    "imaging",
    "identity",
    "outbox",
    "accounts",
    "jobs",
    "register",
    "study",
    "application",
    "offices",
    "pairing",
    "documents",
    "portrait",
    "review",
    "printing",
    "support",
    "imports",
    "exports",
    "statistics",
    "parent",
    "watch",
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
    "commands": "What the slice adds to `flask`.",
    "settings": "What the slice reads of the settings.",
    "jobs": "The slice's own kinds of long work.",
    "mail": "The way to people's mailboxes.",
    "port": "The way to a system of others, whatever stands behind it.",
    "passwords": "The way to whoever verifies passwords.",
    "throttle": "What is asked of whoever tries passwords.",
    "workflow": "The table of steps.",
    "terms": "The texts that candidates agree to.",
    "runner": "What carries long work out, in a process of its own.",
    "slice": "What the slice brings to the application, as one object.",
    "contributions": "What later slices say about an application and do with theirs of it.",
    "packer": "The way to whoever packs an export.",
    "figures": "What is counted, for whoever watches the service.",
    "inspector": "The way to whoever judges pictures, with what they do counted.",
    "readiness": "What has to be in order before people may come.",
    "fonts": "The typefaces of the form.",
    "press": "The way to whoever prints.",
    "sockets": "Who may listen to which bell.",
    "relay": "What the two sides of a pairing say to each other.",
    "guard": "What may be asked at all.",
    "template_context": "What every template can use.",
}

SLICES = {
    "identity": """
        act_rules actions actor_rules browser_rules current device_rules forms login_actions model need_queries
        passwords queries record_rules rules slice throttle views
    """,
    "outbox": """
        actions commands mail model need_queries page_queries port queries rules runner settings slice views
        wording_rules
    """,
    "accounts": """
        code_rules code_views commands current forgotten_actions forms model password_actions password_rules
        person_rules reset_actions reset_queries reset_rules reset_views second_actions second_views slice
        staff_actions staff_queries staff_rules staff_views throttle views
    """,
    "jobs": """
        actions figure_queries model queries rules runner slice views
    """,
    "register": """
        model need_queries port queries rules slice
    """,
    "study": """
        condition_rules counting_rules course_rules degree_rules forecast_rules model need_queries queries slice
        views
    """,
    "application": """
        actions audit_rules batch_rules comparison_actions contributions figure_queries message_rules model
        notice_actions offer_queries page_queries place_rules queries rules slice status_row_rules status_rules
        telephone_rules terms texts views workflow
    """,
    "offices": """
        actions batch_actions batch_form_rules batch_forms batch_queries batch_views calendar_rules
        change_queries form_rules forms need_queries queries rules slice views
    """,
    "pairing": """
        actions claim_actions ending_rules history_queries last_four_actions model move_actions queries rules
        settings slice texts typed_actions typed_rules views
    """,
    "documents": """
        actions dialog_queries forms loss_actions model queries retention_actions rules slice texts upload_views
        views
    """,
    "portrait": """
        actions dialog_queries loss_actions model queries retention_actions slice views withdrawal_actions
    """,
    "review": """
        actions case_queries decision_views forms look_actions measurement_rules model opinion_queries
        page_queries picture_views place_actions place_change_queries queries reason_rules reason_texts rules
        same_picture_queries slice today_queries undo_actions views
    """,
    "printing": """
        fonts press queries rules slice views
    """,
    "support": """
        actions pairing_rules queries slice timeline_queries views wording_rules
    """,
    "imports": """
        case_actions case_queries case_rules case_texts cell_rules commands download_forms file_actions
        import_actions jobs kind_actions layout_rules model page_rules queries report_rules row_rules settings
        slice stage_actions terminal_forms texts value_rules views
    """,
    "exports": """
        actions commands download_views field_rules former_queries forms jobs layout_rules list_rules
        making_actions manifest_actions model name_rules packer preview_queries queries reading_actions
        refusal_actions refusal_list_actions refusal_queries refusal_rules refusal_texts rules seal_rules
        settings slice views zip_rules
    """,
    "statistics": """
        actions book_views case_queries case_table_views chart_rules city_day_table_views counting_queries
        event_queries jobs model office_views page_views period_rules queries refusal_queries
        refusal_table_views slice table_rules tally_rules time_queries time_table_views views
    """,
    "parent": """
        actions current jobs model queries request_actions request_views rules slice views wording_rules
    """,
    "watch": """
        actions figures inspector model need_queries queries readiness slice views
    """,
    "operate": """
        page_queries slice views
    """,
    "phone": """
        answer_forms beside_texts camera_texts capture_views current document_texts document_views ended_texts
        forms live_texts page_texts pairing_views probe_forms probe_views receiving_views relay relay_rules
        sending_texts settings slice sockets texts trouble_texts upload_forms views
    """,
    "site": """
        guard settings slice template_context views
    """,
}

# Packages without a domain: each is a small library, and its files are what it consists of.
LIBRARIES = {
    "base": """
        archive audit bells blobs budget catalogue clock database database_errors errors escaping files
        host_names json_values keyed_locks limits logs partial_uploads periodic_task redact schema seal
        sealed_files sealed_stream sqlite steps store sweep tokens unavailable unpacked
    """,
    "base/workers": """
        frames hidden kernel landlock main pool process sandbox seccomp syscalls worker_slot
    """,
    "http": """
        admission assets bodies bundles console cookies current errors figures headers hosts login_queue
        pictures provided seats slices trace uploads
    """,
    "serve": """
        addresses announce certificate companion eventlet_server head in_flight limits listener metered origins
        settings shared_tls stop threading_server watchdog
    """,
    "imports/kinds": """
        candidates offices owned programme_row programmes records register results
    """,
    "imports/readers": """
        dbf_table file_source package sheet text_table workbook
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

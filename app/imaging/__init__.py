"""Inspection of portraits against the rules of a province. Usable without the rest of the application.

On the command line, one JSON report for each file: `python -m app.imaging FILE…`. From Python:

    >>> from app.imaging.inspect import inspect
    >>> from app.imaging.packs.pack import load
    >>> done = inspect(body, "image/jpeg", load("guangdong"))
    >>> str(done.report.verdict), [each.check for each in done.report.findings if each.verdict != "pass"]
    ('pass', [])

`body` is the file as bytes; `done` also holds the preview, the registered photo and the overlay. `inspect` decodes in
this process: for files of strangers use `inspect.LocalInspector`, which runs it in sandboxed worker processes.

What is where: `intake` (bytes to a picture), `networks` (faces, landmarks, silhouette), `scene` (what is seen in the
picture), `checks` (one measure each, judged by a rule), `packs` (the rules). `report` is the result, `overlay` and
`registered_photo` are the pictures made from it; `measuring` holds the numbers that phone and server share; `transcode`
makes JPEGs of documents. Of app/ only `app.base` is imported: no Flask, no database, no settings.
"""

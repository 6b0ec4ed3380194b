"""What all pages share: who is asking, what may be asked, languages, headers, errors, files. Wiring, no domain."""

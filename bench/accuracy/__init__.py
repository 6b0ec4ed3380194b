"""How right the checks are: pictures that break one rule by a known amount, and what the inspection says of them.

`faces` and `portraits` make the good ones, `faults` breaks them, `trials` inspects, `agreement` asks the phone,
`page` writes docs/accuracy.md.
"""

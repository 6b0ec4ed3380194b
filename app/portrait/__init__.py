"""The portrait: gate, decoding, inspection against a rule pack, and what was captured.

Read `inspect.py` first, then `gate.py`, `decode.py`, `checks/`, and `pack.py` for the numbers.
"""

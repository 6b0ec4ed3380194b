"""What the tests of the server and of the phone share: they measure the same pictures and expect the same.

`phone-pack.json` is the rule pack as the phone gets it, without advice and hash; `python -m tests.shared` writes it.
`measures.json` holds pictures as formulas, what is known of their faces, and the expected measures, crops, detections.
"""

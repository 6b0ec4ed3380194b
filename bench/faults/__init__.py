"""What strangers can do to the server, what our own faults do to people, what guessing brings: `make faults`.

The drivers know the product only from outside: HTTP, websockets, its commands, signals, its processes and its disk. So
they run against any checkout (`--root`), and each figure stands beside that of the old code, kept in `old.json`.
"""

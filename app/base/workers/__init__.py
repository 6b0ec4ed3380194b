"""Worker processes that open what strangers sent: a pool, and the sandbox that each locks itself in."""

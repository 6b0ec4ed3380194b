"""The offices' side. Their queues and decisions come with the procedure; here an office sees what waits for it."""

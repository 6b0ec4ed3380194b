"""Serving: listeners that survive bad peers, one launcher for every ASYNC_MODE."""

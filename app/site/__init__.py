"""Home, privacy, language, and the guard that knows which cookie opens which route."""

"""Lists of others come in: candidates, results, programmes and the rest; looked at first, written all at once."""

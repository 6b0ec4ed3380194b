"""What knows nothing of the domain: database, store, seal, tokens, workers, audit, bell, limits, logs."""

"""Pictures of the ID document: front, back, and held by its owner."""

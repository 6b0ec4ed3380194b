"""Rule packs: the limits and texts that differ between provinces, each with its source.

`national.toml` and `guangdong.toml` are the packs, `pack_schema` is their schema, `pack` loads them.
How things are measured is the same everywhere: app/imaging/measuring.toml.
"""

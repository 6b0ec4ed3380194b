"""Rule packs: the numbers and the advice of a province, and how they are read."""

"""Pictures of people: what they show, and whether they follow a rule pack. A library of its own."""

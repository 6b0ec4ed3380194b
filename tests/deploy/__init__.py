"""docs/deploy.md is typed into a machine of its own, as far as one machine allows."""

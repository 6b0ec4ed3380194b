"""The checks that run on every readable picture. A new one: a module with CHECKS, a line here, a table in the pack."""

from app.portrait.checks import exposure, size

ALL = (*size.CHECKS, *exposure.CHECKS)

"""The checks that run on every readable picture. A new one: a module with CHECKS, a line here, a table in the pack."""

from app.portrait.checks import attitude, background, detail, exposure, geometry, origin, size, skin

ALL = (
    *size.CHECKS,
    *geometry.CHECKS,
    *attitude.CHECKS,
    *exposure.CHECKS,
    *skin.CHECKS,
    *background.CHECKS,
    *detail.CHECKS,
    *origin.CHECKS,
)

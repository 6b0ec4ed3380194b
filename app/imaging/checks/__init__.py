"""The checks that run on every readable picture. A new one: a module with CHECKS, a line here, a table in the pack."""

from app.imaging.checks import background, detail, exposure, geometry, size, skin
from app.imaging.checks import pose_expression as attitude
from app.imaging.checks import provenance as origin

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

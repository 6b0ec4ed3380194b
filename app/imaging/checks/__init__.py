"""The checks that run on every readable picture: `ALL`, in the order of the report.

`size`: file and picture; `geometry`: where the face is; `pose_expression`: how the head is held, eyes and mouth;
`exposure`: brightness of the face; `skin`: even light, colour, occlusion; `background`: plain, colour, shadow;
`detail`: blur and enlargement; `provenance`: compression and recapture. Each module has a function for each measure and
lists its checks in CHECKS; `check` holds the class and the judgement. To add one: a function here, its entry in CHECKS,
a table in packs/national.toml.
"""

from app.imaging.checks import background, detail, exposure, geometry, pose_expression, provenance, size, skin

ALL = (
    *size.CHECKS,
    *geometry.CHECKS,
    *pose_expression.CHECKS,
    *exposure.CHECKS,
    *skin.CHECKS,
    *background.CHECKS,
    *detail.CHECKS,
    *provenance.CHECKS,
)

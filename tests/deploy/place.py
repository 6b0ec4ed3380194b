"""Where things of docs/deploy.md lie on the machine of the test."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "zz.your-name.cn"  # of the server, in the document
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


@dataclass(frozen=True)
class Place:
    """The folder that stands for `/`; nginx listens on `port` (HTTPS) and `plain`, the server behind it on `back`."""

    folder: str
    port: int
    plain: int
    back: int

    @property
    def root(self) -> Path:
        """The folder as a path."""
        return Path(self.folder)

    @property
    def app(self) -> Path:
        """/opt/zhengzhao/app."""
        return self.root / "opt" / "zhengzhao" / "app"

    @property
    def kept(self) -> Path:
        """DATA_DIR."""
        return self.root / "var" / "lib" / "zhengzhao"

    @property
    def certificate(self) -> Path:
        """What nginx shows; curl trusts it."""
        return self.root / "etc" / "ssl" / NAME / "fullchain.pem"

    @property
    def tools_path(self) -> str:
        """PATH of somebody who is logged in there."""
        return f"{self.root}/bin:{PATH}"

    def placed(self, text: str) -> str:
        """A text of the document, or a file of deploy/, with the paths and ports of this machine."""
        text = text.replace("<repository>", "repository")
        text = re.sub(r"(?<![\w.])/(?=(?:opt|etc|var|backup)/)", f"{self.root}/", text)
        text = re.sub(r"(?m)(^PORT=|127\.0\.0\.1:)5000\b", rf"\g<1>{self.back}", text)
        text = re.sub(r"(?m)^(\s*listen) 443\b", rf"\1 127.0.0.1:{self.port}", text)
        return re.sub(r"(?m)^(\s*listen) 80\b", rf"\1 127.0.0.1:{self.plain}", text)

    def written(self) -> str:
        """For the stand-ins, on their command line."""
        return json.dumps(asdict(self))


def read(written: str) -> Place:
    """The place that a stand-in was told."""
    return Place(**json.loads(written))

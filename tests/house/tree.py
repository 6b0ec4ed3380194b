"""The source tree as the house tests look at it."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


def python_files(*tops: str) -> list[Path]:
    """Our Python below these folders (or these files), migrations apart, relative to the root."""
    found = [path for top in tops for path in (ROOT / top).rglob("*.py")]
    found += [ROOT / top for top in tops if top.endswith(".py") and (ROOT / top).exists()]
    return sorted(path.relative_to(ROOT) for path in found if "migrations" not in path.parts)


def scripts() -> list[Path]:
    """Our JavaScript, without what was installed or made; relative to the root."""
    found = [path for top in ("static", "tests/js") for path in (ROOT / top).rglob("*.js")]
    return sorted(path.relative_to(ROOT) for path in found if not {"vendor", "words", "bundles"} & set(path.parts))


def text(path: Path) -> str:
    """What stands in a file."""
    return (ROOT / path).read_text(encoding="utf-8")


def lines_of(path: Path) -> int:
    """How many lines a file has."""
    return len(text(path).splitlines())


@cache
def parsed(path: Path) -> ast.Module:
    """A Python file's syntax."""
    return ast.parse(text(path), str(path))


def named(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Every function and class."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef))


def imports(path: Path, under_type_checking: bool = False) -> Iterator[str]:
    """The dotted name of everything a file imports, or only what it imports for its types: `from app.base import audit`
    is app.base.audit."""
    tops: list[ast.AST] = [parsed(path)]
    if under_type_checking:
        tops = [
            node
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        ]
    for node in (node for top in tops for node in ast.walk(top)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{origin(path, node)}.{alias.name}" for alias in node.names)


def origin(path: Path, node: ast.ImportFrom) -> str:
    """The module that is imported from, with leading dots resolved."""
    parents = ".".join(path.with_suffix("").parts[: -node.level]) if node.level else ""
    return ".".join(filter(None, [parents, node.module]))


class Script(NamedTuple):
    """What tests/js/facts.js finds in a JavaScript file."""

    functions: list[tuple[str, int]]  # name, lines
    exports: list[str]
    types: list[str]
    imports: list[tuple[str, str]]  # module, name; "*" for all of it
    names: list[str]  # every identifier, as often as it stands there
    stores: list[str]  # localStorage and the like
    strings: list[str]


@cache
def javascript() -> dict[Path, Script]:
    """Facts of all our scripts."""
    command = ["node", "tests/js/facts.js", *map(str, scripts())]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {Path(path): Script(**facts) for path, facts in json.loads(said).items()}

"""The source tree as the house tests look at it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SLICES = [
    "base",
    "identity",
    "register",
    "graduation",
    "pairing",
    "documents",
    "portrait",
    "review",
    "support",
    "printing",
]
LAYERS = ["rules", "model", "queries", "actions", "forms", "views"]


def python_files(*tops: str) -> list[Path]:
    """Our Python below these folders (or these files), migrations apart, relative to the root."""
    found = [path for top in tops for path in (ROOT / top).rglob("*.py")]
    found += [ROOT / top for top in tops if top.endswith(".py") and (ROOT / top).exists()]
    return sorted(path.relative_to(ROOT) for path in found if "migrations" not in path.parts)


def scripts() -> list[Path]:
    """Our JavaScript, without what was installed; relative to the root."""
    found = [path for top in ("static", "tests/js") for path in (ROOT / top).rglob("*.js")]
    return sorted(path.relative_to(ROOT) for path in found if "vendor" not in path.parts)


def text(path: Path) -> str:
    """What stands in a file."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """A Python file's syntax."""
    return ast.parse(text(path), str(path))


def named(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Every function and class."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef))


def imports(path: Path) -> Iterator[str]:
    """The dotted name of everything a file imports: `from app.base import audit` is app.base.audit."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{origin(path, node)}.{alias.name}" for alias in node.names)


def origin(path: Path, node: ast.ImportFrom) -> str:
    """The module that is imported from, with leading dots resolved."""
    parents = ".".join(path.with_suffix("").parts[: -node.level]) if node.level else ""
    return ".".join(filter(None, [parents, node.module]))

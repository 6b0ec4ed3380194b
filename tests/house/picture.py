"""docs/packages.md: the packages of `app` and their arrows, drawn from the imports: `python -m tests.house.picture`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from tests.house.tree import ROOT, imports, parsed, python_files

PAGE = ROOT / "docs" / "packages.md"
WIRING = "wiring"
HEAD = """# The packages and their arrows

Made by `make packages` from the imports of `app/`, wherever in a file they stand; a test makes it again and compares.
An arrow reads "imports". What follows from others is left out: where A imports B and B imports C, A may import C.
"""
RING = """
**These packages import each other in a ring**, which a house test forbids: {}.
"""
Graph = dict[str, set[str]]


def package(path: Path) -> str:
    """The package of a file below app/; the files beside the packages are the wiring."""
    return path.parts[1] if len(path.parts) > 2 else WIRING


def arrows() -> Graph:
    """Package → the other packages that it imports."""
    files = python_files("app")
    graph: Graph = {package(path): set() for path in files}
    for path in files:
        for name in imports(path):
            top, _, rest = name.partition(".")
            if top == "app":
                found = rest.partition(".")[0]
                graph[package(path)].add(found if found in graph else WIRING)
    return {name: others - {name} for name, others in sorted(graph.items())}


def reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """Everything that can be reached from here along arrows; itself only by a ring."""
    found, waiting = set[str](), list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def rings(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Packages that reach each other, each ring once."""
    far = {name: reached(graph, name) for name in graph}
    found = {tuple(sorted(other for other in far[name] if name in far[other])) for name in graph if name in far[name]}
    return [list(ring) for ring in sorted(found)]


def reduced(graph: Mapping[str, set[str]]) -> Graph:
    """Without the arrows that follow from others; within a ring all are kept, because there none follows."""
    far = {name: reached(graph, name) for name in graph}

    def follows(name: str, other: str) -> bool:
        between = (each for each in graph[name] if each != other and other in far[each])
        return name not in far[other] and any(name not in far[each] and each not in far[other] for each in between)

    return {name: {other for other in others if not follows(name, other)} for name, others in graph.items()}


def purpose(name: str) -> str:
    """What a package's docstring says first."""
    said = ast.get_docstring(parsed(Path("app") / ("" if name == WIRING else name) / "__init__.py")) or ""
    return said.partition("\n\n")[0].replace("\n", " ").rstrip(".")


def page() -> str:
    """The whole document."""
    graph = arrows()
    drawn = reduced(graph)
    lines = [f"    {name} --> {other}" for name in drawn for other in sorted(drawn[name])]
    label = {name: "app/*.py" if name == WIRING else name for name in graph}
    nodes = [f'    {name}["{label[name]}"]' for name in graph]
    picture = "\n".join(["```mermaid", "flowchart TD", *nodes, *lines, "```"])
    rows = [
        f"| `{label[name]}` | {purpose(name)} |" for name in sorted(graph, key=lambda each: (rank(graph, each), each))
    ]
    table = "\n".join(["| package | what it is |", "|---|---|", *rows])
    told = "".join(RING.format(", ".join(ring)) for ring in rings(graph))
    return f"{HEAD}{told}\n{picture}\n\nThose that know least stand first:\n\n{table}\n"


def rank(graph: Mapping[str, set[str]], name: str) -> int:
    """How many packages it knows of, by however many steps."""
    return len(reached(graph, name))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""A phone in a browser that Playwright cannot drive: what is shown is found, pressed and read as a person would."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any

from tests.visitors import JSONValue

Action = dict[str, JSONValue]

# In the page: what is wanted, as soon as it is there; null after so many seconds.
UNTIL = """async (look, within, values) => {
  const end = performance.now() + within * 1000;
  for (;;) {
    const found = look(...values);
    if (found || performance.now() > end) return found || null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""
# The middle of what a finger would hit: shown, enabled, not beneath something else, and where it was a moment ago.
PLACE = """(name) => {
  const before = globalThis.places ?? new Map();
  globalThis.places = new Map();
  for (const node of document.querySelectorAll("button, a[href], label")) {
    if ((node.getAttribute("aria-label") ?? node.innerText).trim() !== name || node.disabled) continue;
    node.scrollIntoView({ block: "center", behavior: "instant" });
    const box = node.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2].map(Math.round);
    places.set(node, `${x},${y}`);
    if (before.get(node) !== `${x},${y}`) continue;
    if (box.width && node.contains(document.elementFromPoint(x, y))) return [x, y];
  }
}"""
SHOWN = """(text) => document.body.innerText.includes(text)"""


class Driven(ABC):
    """One window. Everything waits up to 30 s, as long as the tests of the other browsers do."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address; returns once the page is there."""

    @abstractmethod
    def act(self, actions: list[Action]) -> None:
        """Fingers and keys, as WebDriver writes them: https://www.w3.org/TR/webdriver2/#actions"""

    @abstractmethod
    def call(self, function: str) -> str:
        """What a function of the page answers, once its promise is kept."""

    def run(self, function: str, *values: JSONValue) -> Any:
        """The same with values given and answered as JSON; `function` is JavaScript."""
        answered = self.call(f"async () => JSON.stringify((await ({function})(...{json.dumps(values)})) ?? null)")
        return json.loads(answered)

    def wait(self, wanted: str, *values: JSONValue, within: float = 30) -> Any:
        """The first answer of `wanted` that is true; `within` in seconds."""
        found = self.run(f"(...values) => ({UNTIL})({wanted}, {within}, values)", *values)
        assert found, f"never so: {wanted} {values}; the page says: {self.run('() => document.body.innerText')}"
        return found

    def press(self, name: str) -> None:
        """The button, link or field of this name, as soon as it can be pressed."""
        x, y = self.wait(PLACE, name)
        moved: Action = {"type": "pointerMove", "x": x, "y": y, "duration": 0}
        pressed: list[Action] = [moved, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.act([{"type": "pointer", "id": "finger", "parameters": {"pointerType": "mouse"}, "actions": pressed}])

    def sees(self, text: str) -> None:
        """Wait until the page shows it."""
        self.wait(SHOWN, text)

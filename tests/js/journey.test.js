import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { askedAgain, onDesktop, pairingOf, screenFor, tokenOf } = await import("pairing/journey");

const state = (more = {}) => ({ state: "claimed", alone: false, number: "4821", until: "18:00", ...more });
const unsent = (of, wanted) => ({ pairing: pairingOf(of), wanted });

test("a phone that has just scanned confirms first, whatever it keeps", () => {
  assert.equal(screenFor(state(), null, true), "confirm");
  assert.equal(screenFor(state(), unsent(state(), true), true), "confirm");
});

test("the specification is shown once", () => {
  assert.equal(screenFor(state({ state: "confirmed" }), null, false), "rules");
  assert.equal(screenFor(state({ state: "confirmed" }), null, true), "camera");
});

test("on the phone alone everything was read on the desktop page: straight to the camera", () => {
  assert.equal(screenFor(state({ alone: true }), null, false), "camera");
  assert.equal(screenFor(state({ alone: true, state: "confirmed" }), null, false), "camera");
});

test("a picture that was wanted goes on being sent after a reload", () => {
  const now = state({ state: "confirmed" });
  assert.equal(screenFor(now, unsent(now, true), false), "sending");
});

test("a picture from an earlier scan is offered, never sent by itself", () => {
  const now = state({ state: "confirmed", number: "1111", until: "19:00" });
  assert.equal(screenFor(now, unsent(state(), true), true), "look");
});

test("a picture that nobody has decided on is looked at again", () => {
  const now = state({ state: "confirmed" });
  assert.equal(screenFor(now, unsent(now, false), true), "look");
});

test("what the server has received is done, until the desktop asks for another", () => {
  assert.equal(screenFor(state({ state: "received" }), null, false), "done");
  assert.ok(askedAgain(state({ state: "received" }), state({ state: "confirmed" })));
  assert.ok(!askedAgain(state({ state: "confirmed" }), state({ state: "received" })));
});

test("a token is what stands after the #, and nothing else is taken for one", () => {
  assert.equal(tokenOf("#abc.DEF-12_3456"), "abc.DEF-12_3456");
  for (const hash of ["", "#", "#short", "#has space in it", "#<script>alert(1)</script>"])
    assert.equal(tokenOf(hash), null);
  assert.equal(tokenOf("#%E0%A4%A"), null);
});

test("a wide screen without touch is a computer", () => {
  assert.ok(onDesktop({ touch: 0, width: 1366 }));
  assert.ok(!onDesktop({ touch: 5, width: 1366 }));
  assert.ok(!onDesktop({ touch: 0, width: 412 }));
});

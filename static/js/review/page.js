// @ts-check
/** The reviewer's pages: by keyboard, with the pictures of the next case at hand. */

import { chooseItems } from "review/choose";
import { regionDrawing } from "review/drawing";
import { keyboardShortcuts } from "review/keys";
import { layers } from "review/layers";
import { followLinks, prefetchNext } from "review/prefetch";
import { sheets } from "review/sheet";
import { expireUndo } from "review/undo";

function start() {
  expireUndo();
  if (!document.querySelector(".case")) return;
  sheets();
  regionDrawing();
  layers();
  chooseItems();
  prefetchNext();
}

start();
keyboardShortcuts();
followLinks(start);
addEventListener("pageshow", (event) => event.persisted && location.reload());

// @ts-check
/** The reviewer's pages: by keyboard, with the pictures of the next case at hand. */

import { ahead, followed } from "review/prefetch";
import { choosing } from "review/choose";
import { drawing } from "review/drawing";
import { keyboard } from "review/keys";
import { layers } from "review/layers";
import { sheets } from "review/sheet";
import { minute } from "review/undo";

function start() {
  minute();
  if (!document.querySelector(".case")) return;
  sheets();
  drawing();
  layers();
  choosing();
  ahead();
}

start();
keyboard();
followed(start);
addEventListener("pageshow", (event) => event.persisted && location.reload());

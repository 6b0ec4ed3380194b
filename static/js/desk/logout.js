// @ts-check
/** Whoever logs out leaves nothing typed behind on a shared PC. */

import { forgetDrafts } from "desk/draft";

document.getElementById("leave")?.addEventListener("submit", () => forgetDrafts());

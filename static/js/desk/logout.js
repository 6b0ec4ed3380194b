// @ts-check
/** Whoever logs out leaves nothing typed behind on a shared PC. */

import { forget } from "desk/draft";

document.getElementById("leave")?.addEventListener("submit", () => forget());

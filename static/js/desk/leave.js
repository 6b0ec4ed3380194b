// @ts-check
/** Whoever logs out leaves nothing typed behind on a shared PC. */

import { forget } from "desk/typed";

document.getElementById("leave")?.addEventListener("submit", () => forget());

// What every page runs: one line in each page, since there are many.

import "./reading.js";
import "./keyboard.js";

if (document.querySelector(".cite")) import("./cite.js");
if (document.querySelector("link[rel=manifest]")) import("./offline.js");

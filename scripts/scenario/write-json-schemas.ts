import { writeFileSync } from "node:fs";
import { JSON_SCHEMAS } from "./json-schemas.ts";

// Run after a change of what a scenario reads; a test says when that was forgotten.
for (const [file, text] of Object.entries(JSON_SCHEMAS)) writeFileSync(file, text);

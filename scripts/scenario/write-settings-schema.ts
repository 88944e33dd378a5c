import { writeFileSync } from "node:fs";
import { settingsJsonSchemaText } from "./settings-json-schema.ts";

// Run after a change of settings.ts; a test says when that was forgotten.
writeFileSync(new URL("../../docs/settings.schema.json", import.meta.url), settingsJsonSchemaText());

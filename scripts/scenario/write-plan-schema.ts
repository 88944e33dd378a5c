import { writeFileSync } from "node:fs";
import { planJsonSchemaText } from "./plan-json-schema.ts";

// Run after a change of app/db/plan/plan-schema.ts; a test says when that was forgotten.
writeFileSync(new URL("../../docs/plan.schema.json", import.meta.url), planJsonSchemaText());

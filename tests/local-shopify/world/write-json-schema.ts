import { writeFileSync } from "node:fs";
import { worldJsonSchemaText } from "./json-schema.ts";

// Run after a change of shape.ts; a test says when that was forgotten.
writeFileSync(new URL("../../../docs/world.schema.json", import.meta.url), worldJsonSchemaText());

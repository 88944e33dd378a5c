import { z } from "zod";
import { worldObjectSchema } from "./shape.ts";

/**
 * The JSON Schema of one line of a world file, as docs/world.schema.json holds it. Rules that take more than one value
 * (references, sums, order of time) are not in it: reading the world checks them.
 */
export function worldJsonSchemaText(): string {
  const schema = z.toJSONSchema(worldObjectSchema, { io: "input" });
  const titled = {
    $schema: schema.$schema,
    title: "One line of a world file",
    description: "A world file holds one JSON object a line: the shop first, and references only to lines above.",
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

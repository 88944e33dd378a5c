import { Transform, type TransformCallback } from "node:stream";

/**
 * Replaces strings in a stream as it flows by, also where one is cut by the border of two chunks. Only what may be the
 * beginning of a match is held back, so that a streamed page still arrives piece by piece. The strings must be ASCII.
 *
 * @example upstream.pipe(replaceStream([["https://cdn.example", "/local"]])).pipe(response)
 */
export function replaceStream(replacements: readonly (readonly [find: string, replace: string])[]): Transform {
  const longest = Math.max(...replacements.map(([find]) => find.length));
  // One byte a character: the bytes of other characters pass through as they are.
  const swap = (text: string) => replacements.reduce((all, [find, replace]) => all.replaceAll(find, replace), text);
  let held = "";
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      const text = swap(held + chunk.toString("latin1"));
      const cut = text.length - heldBack(text.slice(1 - longest), replacements);
      held = text.slice(cut);
      done(null, Buffer.from(text.slice(0, cut), "latin1"));
    },
    flush(done: TransformCallback) {
      done(null, Buffer.from(held, "latin1"));
    },
  });
}

/** How many characters at the end could still become one of the strings. */
function heldBack(tail: string, replacements: readonly (readonly [find: string, replace: string])[]): number {
  for (let length = tail.length; length > 0; length -= 1) {
    const end = tail.slice(-length);
    if (replacements.some(([find]) => find.length > length && find.startsWith(end))) return length;
  }
  return 0;
}

/** What a request sends, up to a number of bytes; null where it is more. */
export const limitedBody = async (request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) break;
    length += next.value.byteLength;
    // Somewhat too much is still taken in, so that whoever sends it hears the answer; nobody is listened to for ever.
    if (length > most * 10) {
      await reader?.cancel();
      break;
    }
    if (length <= most) chunks.push(next.value);
  }
  return length > most ? null : new Uint8Array(Buffer.concat(chunks));
};

/** A form up to a number of bytes; null where it is more, or not a whole form. */
export const limitedForm = async (request: Request, most: number): Promise<FormData | null> => {
  const bytes = await limitedBody(request, most);
  if (bytes === null) return null;
  const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
  return await new Response(bytes, { headers }).formData().catch(() => null);
};

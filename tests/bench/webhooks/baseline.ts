import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";

// The least that takes a webhook: reads the body and checks its signature. Prints where it listens.

const secret = process.argv[2] ?? "";
const http = express();
http.disable("x-powered-by");
http.post("/webhooks", express.raw({ type: () => true, limit: "8mb" }), (request, response) => {
  const body: unknown = request.body;
  const told = Buffer.from(request.get("x-shopify-hmac-sha256") ?? "", "base64");
  const own = createHmac("sha256", secret)
    .update(Buffer.isBuffer(body) ? body : "")
    .digest();
  response.status(told.length === own.length && timingSafeEqual(told, own) ? 200 : 401).end();
});
const server = http.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address ? address.port : 0}\n`);
});

// The production entry: loads the built app and starts it. Run `npm run build` first.
process.env.NODE_ENV ??= "production";
const build = await import("./build/server/index.js");
await build.entry.module.start(build);

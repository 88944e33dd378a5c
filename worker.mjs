// A worker alone, as a process of its own: loads the built app and works off its jobs. Run `npm run build` first.
process.env.NODE_ENV ??= "production";
const build = await import("./build/server/index.js");
await build.entry.module.startWorker();

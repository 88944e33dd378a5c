import { defineConfig } from "vite";

// The programs of threads: built beside the app, which starts them by their file.
export default defineConfig({
  build: { ssr: "app/threads/order-thread.ts", outDir: "build/threads", target: "es2022" },
});

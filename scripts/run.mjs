// Runs the project's commands on a fresh clone: installs, generates and builds what is missing or out of date, then hands
// over. Plain JavaScript without dependencies, since it runs before anything is installed.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const STAMPS = path.join(ROOT, "node_modules/.cache/pareto");

process.chdir(ROOT);

const say = (text) => process.stderr.write(`${text}\n`);

/** Every file below a folder, or the file itself. */
const filesOf = (target) => {
  if (!existsSync(target)) return [];
  const entries = readdirSync(target, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

const hashOf = (targets) => {
  const hash = createHash("sha256");
  const files = targets.flatMap((target) => (existsSync(target) && !isFolder(target) ? [target] : filesOf(target)));
  for (const file of files.filter((name) => !name.startsWith("app/shopify/types/")).sort()) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
};

const isFolder = (target) => {
  try {
    readdirSync(target);
    return true;
  } catch {
    return false;
  }
};

/** Does a step only when its inputs have changed since it was last done, or its output is gone. */
const step = ({ name, inputs, outputs, run }) => {
  const stamp = path.join(STAMPS, name);
  const hash = hashOf(inputs);
  const isFresh =
    outputs.every((output) => existsSync(output)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (isFresh) return;
  say(`${name} ...`);
  run();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, hash);
};

const bin = (name) => path.join(ROOT, "node_modules/.bin", name);

const quietly = (command, args, env = {}) => {
  try {
    execFileSync(command, args, { stdio: "pipe", env: { ...process.env, ...env } });
  } catch (error) {
    process.stderr.write(error.stdout ?? "");
    process.stderr.write(error.stderr ?? String(error));
    process.exit(1);
  }
};

// Prisma asks for an address even where it does not connect.
const NO_DATABASE = { DATABASE_URL: "postgresql://unused@127.0.0.1:1/unused" };

/** npm leaves its own copy of the lock file in node_modules when it is done. */
const install = () => {
  const installed = "node_modules/.package-lock.json";
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs) return;
  say("Installing packages ...");
  quietly("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
};

const generate = () =>
  step({
    name: "Generating the database client",
    inputs: ["prisma/schema.prisma", "package-lock.json"],
    outputs: ["node_modules/.prisma/client/index.js"],
    run: () => quietly(bin("prisma"), ["generate"], NO_DATABASE),
  });

const types = () =>
  step({
    name: "Generating the types of the Shopify operations",
    inputs: ["app/shopify/operations", "app/shopify/schema", "codegen.ts", "package-lock.json"],
    outputs: ["app/shopify/types/admin.generated.d.ts"],
    run: () => quietly(bin("graphql-codegen"), ["--config", "codegen.ts"]),
  });

const build = () =>
  step({
    name: "Building the app",
    inputs: ["app", "vite.config.ts", "vite.threads.config.ts", "package-lock.json", "prisma/schema.prisma"],
    outputs: ["build/server/index.js", "build/threads/order-thread.js"],
    run: () => {
      quietly(bin("remix"), ["vite:build"], { NODE_ENV: "production" });
      quietly(bin("vite"), ["build", "--config", "vite.threads.config.ts"], { NODE_ENV: "production" });
    },
  });

const buildFunctions = () =>
  step({
    name: "Building the checkout Functions",
    inputs: [...sourcesOfFunctions(), "scripts/compile-function.ts", "package-lock.json"],
    outputs: foldersOfFunctions().map((folder) => path.join(folder, "dist/function.wasm")),
    run: () => quietly(process.execPath, ["--import", "tsx", "scripts/build-functions.ts"]),
  });

const foldersOfFunctions = () =>
  readdirSync("extensions", { withFileTypes: true })
    .map((entry) => path.join("extensions", entry.name))
    .filter((folder) => existsSync(path.join(folder, "shopify.extension.toml")));

const sourcesOfFunctions = () => [
  "extensions/wasm-api",
  ...foldersOfFunctions().map((folder) => path.join(folder, "assembly")),
];

const hand = (command, args) => {
  const { status, signal } = spawnSync(command, args, { stdio: "inherit" });
  process.exit(signal ? 1 : (status ?? 1));
};

const all = (commands) => {
  for (const [name, ...command] of commands) {
    say(`- ${name}`);
    const { status } = spawnSync(bin(command[0]), command.slice(1), { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
};

const [command, ...args] = process.argv.slice(2);
const script = (file) => hand(process.execPath, ["--import", "tsx", file, ...args]);

const COMMANDS = {
  build: [install, generate, build, buildFunctions],
  demo: [install, generate, build, buildFunctions, () => script("scripts/demo.ts")],
  scenario: [install, generate, build, buildFunctions, () => script("scripts/scenario.ts")],
  bench: [install, generate, build, buildFunctions, () => script("tests/bench/run.ts")],
  storm: [install, generate, build, () => script("tests/storm/run.ts")],
  "sync-faults": [install, generate, build, () => script("tests/storm/first-sync/run.ts")],
  soak: [install, generate, build, buildFunctions, () => script("tests/storm/soak/run.ts")],
  "build:functions": [install, buildFunctions],
  carts: [install, buildFunctions, () => script("tests/functions/run-carts.ts")],
  test: [
    install,
    generate,
    build,
    buildFunctions,
    () =>
      hand(bin("vitest"), [
        "run",
        "--reporter=default",
        "--reporter=json",
        "--outputFile.json=.cache/vitest.json",
        ...args,
      ]),
  ],
  check: [
    install,
    generate,
    types,
    () =>
      all([
        ["format", "prettier", "--check", "--log-level", "warn", "."],
        ["types", "tsc", "--noEmit"],
        ["lint", "oxlint", "--type-aware", "--deny-warnings"],
        ["layers", "depcruise", "app", "tests", "scripts"],
        ["dead code", "knip"],
      ]),
  ],
};

const steps = COMMANDS[command];
if (!steps) {
  say(`Unknown command "${command ?? ""}". There are: ${Object.keys(COMMANDS).join(", ")}`);
  process.exit(2);
}
for (const one of steps) one();

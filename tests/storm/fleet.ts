import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  freePort,
  startAppProcess,
  stopProcess,
  waitUntilReady,
  type AppProcessOptions,
} from "#tests/setup/app-process.ts";
import { startBalancer, type Balancer } from "./balancer.ts";

/** Web and worker processes of the built app, each started again when it ends, as a supervisor would. */
export interface Fleet {
  readonly balancer: Balancer;
  /** Where the web processes listen. */
  readonly ports: readonly number[];
  /** Resolves when all of them are up. */
  start(options: Omit<AppProcessOptions, "port" | "worker" | "appUrl">): Promise<void>;
  /** kill -9 of one of them. @returns its name */
  kill(kind: "web" | "worker", nth: number): string;
  readonly restarts: () => number;
  /** The ids of the processes that run now, by their names. */
  readonly pids: () => ReadonlyMap<string, number>;
  /** What all of them have logged, a text for each time one of them ran. */
  logs(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface FleetSize {
  readonly webs: number;
  /** None: the web processes do the jobs. */
  readonly workers: number;
}

const RESTART_AFTER_MS = 200;

interface Member {
  readonly name: string;
  readonly run: () => ChildProcess;
  process: ChildProcess | null;
}

class Supervisor {
  readonly members: Member[] = [];
  restarts = 0;
  private isStopping = false;

  watch(name: string, run: () => ChildProcess): void {
    const member: Member = { name, run, process: null };
    this.members.push(member);
    this.launch(member);
  }

  private launch(member: Member): void {
    const process = member.run();
    member.process = process;
    process.once("exit", () => {
      member.process = null;
      if (this.isStopping) return;
      this.restarts += 1;
      void sleep(RESTART_AFTER_MS).then(() => (this.isStopping ? undefined : this.launch(member)));
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.members.flatMap(({ process }) => (process ? [stopProcess(process)] : [])));
  }
}

/** @param dir for the logs */
export const createFleet = async (size: FleetSize, dir: string): Promise<Fleet> => {
  await mkdir(dir, { recursive: true });
  const ports = await Promise.all(Array.from({ length: size.webs }, freePort));
  const balancer = await startBalancer(ports);
  const supervisor = new Supervisor();
  let logs = 0;
  /** A file of its own for each time one runs: a process that is killed may leave half a line. */
  const nextLog = (name: string) => {
    logs += 1;
    return createWriteStream(path.join(dir, `${String(logs).padStart(4, "0")}-${name}.log`));
  };
  return {
    balancer,
    ports,
    start: async (options) => {
      const worker = size.workers > 0 ? "off" : "on";
      for (const [index, port] of ports.entries()) {
        const web = { ...options, port, worker, appUrl: balancer.url } as const;
        supervisor.watch(`web${index}`, () => startAppProcess(web, nextLog(`web${index}`), "server.mjs"));
        const first = supervisor.members.at(-1)?.process;
        // One at a time, so that a process that cannot start is told of and not started for ever.
        if (first) await waitUntilReady(`http://127.0.0.1:${port}`, first);
      }
      for (let index = 0; index < size.workers; index += 1) {
        const own = { ...options, port: 0, appUrl: balancer.url };
        supervisor.watch(`worker${index}`, () => startAppProcess(own, nextLog(`worker${index}`), "worker.mjs"));
      }
    },
    kill: (kind, nth) => {
      const all = supervisor.members.filter(({ name }) => name.startsWith(kind));
      const member = all[nth % all.length];
      member?.process?.kill("SIGKILL");
      return member?.name ?? "nobody";
    },
    restarts: () => supervisor.restarts,
    pids: () => new Map(supervisor.members.flatMap(({ name, process }) => (process?.pid ? [[name, process.pid]] : []))),
    logs: async () => {
      const files = (await readdir(dir)).toSorted();
      return Promise.all(files.map((file) => readFile(path.join(dir, file), "utf8")));
    },
    stop: async () => {
      await supervisor.stop();
      balancer.close();
    },
  };
};

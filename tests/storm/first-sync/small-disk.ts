import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { databaseOwner } from "#tests/setup/installed-postgres.ts";

/** A disk of its own for the files of a database: a tmpfs that can be full while all else has room. */
export interface SmallDisk {
  /** Where PostgreSQL may put a tablespace. */
  readonly dir: string;
  /** Somebody else's file takes all that is left: from now on, no table grows. */
  fill(): void;
  /** Takes that file away again. */
  free(): void;
  unmount(): void;
}

const CHUNK_BYTES = 1 << 20;

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";

/** @returns the disk, or why there can be none here: it takes root and a system that lets it mount */
export const mountSmallDisk = (megabytes: number): SmallDisk | string => {
  if (process.getuid?.() !== 0) return "only root can mount a small disk";
  const mount = mkdtempSync(path.join(tmpdir(), "pareto-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0755`, "tmpfs", mount], { stdio: "pipe" });
  } catch (error) {
    rmSync(mount, { recursive: true });
    return `a small disk cannot be mounted: ${reasonOf(error)}`;
  }
  chmodSync(mount, 0o755);
  const dir = path.join(mount, "tablespace");
  mkdirSync(dir, { mode: 0o700 });
  const owner = databaseOwner();
  if (owner) chownSync(dir, owner.uid, owner.gid);
  const filler = path.join(mount, "filler");
  return {
    dir,
    fill: () => {
      writeFileSync(filler, "");
      for (let size = CHUNK_BYTES; size >= 1; size = Math.floor(size / 2)) fillBy(filler, size);
    },
    free: () => rmSync(filler, { force: true }),
    unmount: () => {
      execFileSync("umount", [mount], { stdio: "pipe" });
      rmSync(mount, { recursive: true });
    },
  };
};

/** Appends so many bytes at a time until the system says that there is no room. */
const fillBy = (file: string, size: number): void => {
  const bytes = Buffer.alloc(size);
  const { bavail, bsize } = statfsSync(path.dirname(file));
  for (let left = bavail * bsize + size; left > 0; left -= size) {
    try {
      appendFileSync(file, bytes);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOSPC") return;
      throw error;
    }
  }
};

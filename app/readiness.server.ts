import type { App } from "#app/composition.server.ts";
import { pendingMigrations } from "#app/db/migrate.server.ts";

export interface Readiness {
  readonly database: boolean;
  readonly migrations: boolean;
  readonly queue: boolean;
}

const holds = (check: Promise<boolean>): Promise<boolean> => check.catch(() => false);

/** Whether requests can be answered: the database is reachable, as this version needs it, and takes jobs. */
export const readiness = async ({ pool, jobs }: Pick<App, "pool" | "jobs">): Promise<Readiness> => {
  const [database, migrations, queue] = await Promise.all([
    holds(pool.query("SELECT 1").then(() => true)),
    holds(pendingMigrations(pool).then((pending) => pending.length === 0)),
    holds(jobs.reach().then(() => true)),
  ]);
  return { database, migrations, queue };
};

export const isReady = ({ database, migrations, queue }: Readiness): boolean => database && migrations && queue;

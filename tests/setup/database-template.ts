declare module "vitest" {
  interface ProvidedContext {
    /** The server's maintenance database, where test databases are made and dropped. */
    databaseServer: string;
  }
}

/** The database with all migrations applied that every test file gets its own copy of. */
export const TEMPLATE = "pareto_template";

export const databaseAt = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

/** An error on the console that no test asked for is a failure: of the test, or of the file when it came outside of one. */
const print = console.error;
const errors: string[] = [];

console.error = (...args: unknown[]): void => {
  errors.push(format(...args));
  print(...args);
};

const failOnErrors = (): void => {
  const said = errors.splice(0);
  if (said.length > 0) throw new Error(`console.error was called:\n${said.join("\n")}`);
};

afterEach(failOnErrors);
afterAll(failOnErrors);

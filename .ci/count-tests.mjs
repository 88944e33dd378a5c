/**
 * Prints "N passed, N failed[, N skipped]" of a vitest JSON report and fails when a test failed or none ran. A test file
 * that failed outside of its tests (it did not load, or its set-up broke) counts as one failure.
 */
import { readFileSync } from "node:fs";

const [file = ".cache/vitest.json"] = process.argv.slice(2);

const read = () => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`No test report in ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
};

const report = read();
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
);
const passed = report.numPassedTests;
const failed = report.numFailedTests + brokenFiles.length;
const skipped = report.numPendingTests + report.numTodoTests;

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
if (failed > 0 || passed === 0) process.exitCode = 1;

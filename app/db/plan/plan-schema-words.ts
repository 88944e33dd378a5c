import type { z } from "zod";

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

type Issue = z.core.$ZodRawIssue;

const tooSmall = ({ origin, minimum }: Extract<Issue, { code: "too_small" }>): string =>
  origin === "string" || origin === "array" ? "is empty" : `is below ${minimum}`;

const tooBig = ({ origin, maximum }: Extract<Issue, { code: "too_big" }>): string => {
  if (origin === "string") return `has more than ${maximum} characters`;
  return origin === "array" ? `has more than ${maximum} entries` : `is above ${maximum}`;
};

/** What is wrong with a plan's shape, in words for who wrote the file; undefined: the schema's own words say it. */
export const shapeInWords = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `is not ${EXPECTED[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `is none of: ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `has what a plan does not know: ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_format":
      return "is not a day such as 2026-11-30";
    case "invalid_union":
      return "is not written in a way that is known";
    default:
      return undefined;
  }
};

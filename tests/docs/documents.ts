import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Document {
  readonly file: string;
  readonly text: string;
  /** The text without fenced code blocks. */
  readonly prose: string;
}

const files = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join("docs", name)),
];

/** Every Markdown document of the repository. */
export const DOCUMENTS: readonly Document[] = files.sort().map((file) => {
  const text = readFileSync(file, "utf8");
  return { file, text, prose: text.replace(/^ *```[^]*?^ *```/gm, "") };
});

/** What follows `#` in a link to a heading, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

export const anchorsOf = (file: string): string[] => {
  const { prose = "" } = DOCUMENTS.find((document) => document.file === path.normalize(file)) ?? {};
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
};

export const isThere = (file: string): boolean => existsSync(file);

import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { anchorsOf, DOCUMENTS, isThere } from "./documents.ts";

const relativeLinks = DOCUMENTS.flatMap(({ file, prose }) =>
  [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ file, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
);

test("every link of the documents leads to a file or folder that is there", () => {
  const broken = relativeLinks.filter(({ file, target }) => {
    const [to = ""] = target.split("#");
    return to !== "" && !isThere(path.join(path.dirname(file), to));
  });
  expect(broken).toEqual([]);
});

test("every link to a heading finds it", () => {
  const broken = relativeLinks.filter(({ file, target }) => {
    const [to = "", anchor] = target.split("#");
    const document = to === "" ? file : path.join(path.dirname(file), to);
    return anchor !== undefined && document.endsWith(".md") && !anchorsOf(document).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test("every file that a document names by its path is there", () => {
  const named = DOCUMENTS.flatMap(({ file, prose }) =>
    [...prose.matchAll(/`((?:app|docs|prisma|scripts|tests|extensions)\/[\w./$[\]-]+\.\w+)`/g)].map(
      ([, name = ""]) => ({
        file,
        name,
      }),
    ),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ name }) => !isThere(name))).toEqual([]);
});

test("every npm command that a document names is one of package.json", () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
  const known = new Set(Object.keys(scripts));
  const named = DOCUMENTS.flatMap(({ file, text }) =>
    [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, run, short]) => ({
      file,
      command: run ?? short ?? "",
    })),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ command }) => !known.has(command))).toEqual([]);
});

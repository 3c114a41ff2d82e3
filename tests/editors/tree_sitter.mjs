// The tree-sitter grammar: reads every rubric and every construct of the reference, in both languages, and a broken
// line harms no more than its own clause.
//
// node tests/editors/tree_sitter.mjs RUBRICC      (tree-sitter on the path)

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const rubricc = resolve(process.argv[2]);
const scratch = mkdtempSync(join(tmpdir(), "评分 tree-"));

/** The files that are not read as a whole, each with the place of its first error. */
function broken(files) {
  const list = join(scratch, "files");
  writeFileSync(list, files.join("\n"));
  const run = spawnSync("tree-sitter", ["parse", "--quiet", "--paths", list], {
    cwd: join(root, "editors/tree-sitter-rubric"),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (run.error) throw run.error;
  return run.stdout.split("\n").filter((line) => /ERROR|MISSING/.test(line));
}

function files_under(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.(rubric|calendar)$/.test(name))
    .map((name) => join(folder, name));
}

/** How a construct of the reference is made a file, by the heading of its table there. */
const AROUND = {
  题头: (text) => `标准 "例" {\n${text}\n}`,
  证据: (text) => `填报 {\n${text}\n}`,
  语句: (text) => text,
  规则: (text) => `条款 1 "报送" 2分 {\n${text}\n}`,
  式: (text) => `设 值 = ${text}`,
  等级步骤: (text) => `等级 优、良 {\n${text}\n}`,
  示例: (text) => `示例 "例" {\n${text}\n}`,
};

/** Every construct of the reference as a file of its own: the rows of its tables. */
function constructs() {
  const files = [];
  let around;
  for (const line of readFileSync(join(root, "docs/language.md"), "utf8").split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells.length < 3) around = undefined;
    else if (AROUND[cells[1]]) around = AROUND[cells[1]];
    else if (around) {
      const code = cells.slice(1, 3).filter((cell) => /^`.*`$/.test(cell));
      files.push(...code.map((cell) => around(cell.slice(1, -1))));
    }
  }
  return files.map((text, index) => {
    const path = join(scratch, `${index}.rubric`);
    writeFileSync(path, `${text}\n`);
    return path;
  });
}

/** For every tenth line of a clause, a copy of the rubric in which that line is half typed. */
function half_typed(path) {
  const lines = readFileSync(path, "utf8").split("\n");
  const copies = [];
  for (const [number, line] of lines.entries()) {
    if (number % 10 !== 0 || !/^\s+\S.* \S+$/.test(line) || /[{}"]/.test(line)) continue;
    const copy = join(scratch, `half-${copies.length}-${number}.rubric`);
    const changed = [...lines];
    changed[number] = `${line.slice(0, line.lastIndexOf(" "))} (`;
    writeFileSync(copy, changed.join("\n"));
    copies.push({ copy, number });
  }
  return copies;
}

const failures = [];
const expect_whole = (what, files) => {
  if (files.length === 0) failures.push(`${what}: there are none`);
  failures.push(...broken(files).map((line) => `${what}: ${line}`));
  console.log(`${what}: ${files.length}`);
};

try {
  expect_whole("rubrics", files_under(join(root, "rubrics")));

  const english = join(scratch, "english");
  cpSync(join(root, "rubrics"), english, { recursive: true });
  const rubrics = files_under(english).filter((path) => path.endsWith(".rubric"));
  execFileSync(rubricc, ["fmt", "--keywords", "en", ...rubrics]);
  expect_whole("rubrics in English", rubrics);

  const all = constructs();
  if (all.length < 250) failures.push(`only ${all.length} constructs found in the reference`);
  expect_whole("constructs", all);

  let checked = 0;
  for (const path of files_under(join(root, "rubrics")).filter((path) => path.endsWith(".rubric"))) {
    const copies = half_typed(path);
    if (copies.length === 0) continue;
    checked += copies.length;
    const found = broken(copies.map(({ copy }) => copy));
    for (const { copy, number } of copies) {
      const line = found.find((line) => line.includes(copy.slice(scratch.length)));
      const place = line && /\[(\d+), \d+\] - \[(\d+), \d+\]/.exec(line);
      if (!place) failures.push(`${path}:${number + 1}: half a line is no error`);
      else if (Number(place[1]) < number - 2 || Number(place[2]) > number + 2)
        failures.push(`${path}:${number + 1}: the error spreads: ${line.slice(line.indexOf("("))}`);
    }
  }
  console.log(`half-typed lines: ${checked}`);
} finally {
  rmSync(scratch, { recursive: true });
}
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}

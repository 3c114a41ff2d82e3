// VS Code with the packaged extension, on a path with Chinese and blanks.
//
// node tests/editors/vscode.mjs RUBRICC MODULES VSIX [PICTURE]

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start } from "./lib/vscode.mjs";
import { until } from "./lib/wait.mjs";

const root = resolve(import.meta.dirname, "../..");
const [rubricc, modules, vsix, picture] = process.argv.slice(2).map((path) => resolve(path));
const scratch = mkdtempSync(join(tmpdir(), "评分 vscode-"));
const folder = join(scratch, "评分 标准");
mkdirSync(folder);
for (const name of ["2022.rubric", "demo.evidence.json"])
  cpSync(join(root, "rubrics/county-township", name), join(folder, name));
cpSync(join(root, "tests/editors/fixture.rubric"), join(folder, "试 例.rubric"));

const { page, editor, stop } = await start({
  modules,
  vsix,
  folder,
  home: join(scratch, "home"),
  settings: { "rubricc.path": rubricc, "rubricc.language": "zh" },
});
try {
  await editor.open("2022.rubric");
  await page.waitForTimeout(8000);
  await page.screenshot({ path: "/tmp/ed/s1.png" });
  console.log(await editor.problems(), await editor.underlined());
} finally {
  await stop();
  rmSync(scratch, { recursive: true });
}

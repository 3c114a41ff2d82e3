// VS Code with the packaged extension, on a path with Chinese and blanks.
//
// node tests/editors/vscode.mjs RUBRICC MODULES VSIX [PICTURE]

import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { start } from "./lib/vscode.mjs";
import { until } from "./lib/wait.mjs";

const root = resolve(import.meta.dirname, "../..");
const [rubricc, modules, vsix, picture] = process.argv.slice(2).map((path) => resolve(path));
if (!vsix) throw new Error("usage: vscode.mjs RUBRICC MODULES VSIX [PICTURE]");
const scratch = mkdtempSync(join(tmpdir(), "评分 vscode-"));
const folder = join(scratch, "评分 标准");
mkdirSync(folder);
for (const name of ["2022.rubric", "demo.evidence.json"])
  cpSync(join(root, "rubrics/county-township", name), join(folder, name));
cpSync(join(root, "rubrics"), join(folder, "rubrics"), { recursive: true });
// A project as it is cloned: rubrics may use files of other folders within it.
mkdirSync(join(folder, ".git"));
const rubrics = readdirSync(join(folder, "rubrics"), { recursive: true }).filter((name) => name.endsWith(".rubric"));

const { page, editor, stop, log } = await start({
  modules,
  vsix,
  folder,
  home: join(scratch, "home"),
  settings: { "rubricc.path": rubricc, "rubricc.language": "zh" },
});
const seen = async () => `${await editor.problems()}\n${await editor.text()}`;
const see = async (what, ask) => {
  await until(what, ask, seen);
  console.log(`VS Code: ${what}`);
};
const has = (words) => async () => (await editor.text()).includes(words);

/** A whole rubric: colours, lenses, no false alarm, and the scores beside it. */
async function whole_rubric() {
  await editor.open(join(folder, "2022.rubric"), "2022.rubric");
  await see("words are coloured", async () => {
    const colours = await page
      .locator(".editor-instance .view-line span span")
      .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
    return colours >= 5;
  });
  await see("lenses stand above the text", async () => (await page.locator(".codelens-decoration").count()) > 0);
  await editor.go(96, 1);
  await see("sections have lenses with their sums", async () =>
    (await page.locator(".codelens-decoration").allInnerTexts()).some((text) => text.includes("合计")),
  );
  if ((await editor.problems()) !== "No Problems" || (await editor.underlined()) > 0)
    throw new Error(`a false alarm: ${await seen()}`);
  if (picture) await page.screenshot({ path: picture });

  await editor.command("Rubric: Score units");
  const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "demo.evidence.json" });
  await choice.first().click();
  await see("the scores stand beside the rubric", async () => {
    for (const frame of page.frames())
      if ((await frame.locator(".unit summary").allInnerTexts().catch(() => [])).some((text) => text.includes("07镇")))
        return true;
    return false;
  });
  if (picture) await page.screenshot({ path: picture.replace(/[.]png$/, "-scores.png") });
  await editor.command("View: Close All Editors");
}

/** Every rubric of the repository, opened: colours and no false alarm. */
async function every_rubric() {
  for (const name of rubrics) {
    await editor.open(`rubrics/${name}`, basename(name));
    await see(`${name} is coloured`, async () => (await page.locator(".editor-instance .view-line span span").count()) > 5);
    await see(`the server has read ${name}`, async () =>
      (await page.locator(".breadcrumbs-control .monaco-icon-label").count()) > 2,
    );
  }
  if ((await editor.problems()) !== "No Problems") throw new Error(`a false alarm: ${await seen()}`);
  console.log(`VS Code: no false alarm in ${rubrics.length} rubrics`);
  await editor.command("View: Close All Editors");
}

/** A faulty rubric, mended and changed as a user's keys do it. */
async function mended() {
  const file = "试 例.rubric";
  cpSync(join(root, "tests/editors/fixture.rubric"), join(folder, file));
  await editor.open(file);
  await see("the misspelt name is underlined", async () => (await editor.underlined()) > 0);

  await editor.go(12, 6);
  const offered = page.locator(".action-widget .action-item, .action-widget .monaco-list-row.action");
  await editor.summon("a quick fix is offered", offered.first(), "Control+.");
  await editor.press("Enter");
  await see("a quick fix mends the name", has("每 迟到 扣"));
  await see("nothing is underlined any more", async () => (await editor.underlined()) === 0);

  await editor.go(13, 6);
  const hover = page.locator(".monaco-hover-content", { hasText: "全年缺席的次数" }).first();
  await editor.summon("hovering shows what the evidence means", hover, "Control+k", "Control+i");
  await editor.press("Escape");

  const rename = page.locator(".rename-box input");
  await editor.summon("renaming asks for a name", rename, "F2");
  await rename.fill("旷工");
  await editor.press("Enter");
  await see("both places have the new name", async () =>
    (await has("旷工: 次数")()) && (await has("每 旷工 扣")()),
  );

  await editor.go(13, 1);
  await editor.press("End", "Enter");
  await editor.type("每 ");
  const suggestion = page.locator(".suggest-widget .monaco-list-row", { hasText: "迟到" });
  await editor.summon("completion offers the evidence", suggestion.first(), "Control+Space");
  await suggestion.first().click();
  await editor.type(" 扣 1分");
  await see("completion wrote the name", has("每 迟到 扣 1分"));

  await editor.command("Format Document");
  await see("formatting lays the text out", has("  满分 3分\n"));
  await editor.press("Control+s");
  await see("the file holds it all", () => {
    const text = readFileSync(join(folder, file), "utf8");
    return ["  满分 3分\n", "  旷工: 次数", "  每 旷工 扣 1分\n  每 迟到 扣 1分\n"].every((part) => text.includes(part));
  });
}

/** A text so long that only what is touched is checked at once, and the whole beside the typing. */
async function long_text() {
  const file = "长 例.rubric";
  const short = readFileSync(join(root, "tests/editors/fixture.rubric"), "utf8");
  writeFileSync(join(folder, file), short + `// ${"长".repeat(20)}\n`.repeat(1000));
  await editor.open(file);
  await see("the misspelt name is underlined in a long text", async () => (await editor.underlined()) > 0);
  await editor.go(12, 6);
  const offered = page.locator(".action-widget .action-item, .action-widget .monaco-list-row.action");
  await editor.summon("a quick fix is offered there", offered.first(), "Control+.");
  await editor.press("Enter");
  await see("nothing is underlined there once it is mended", async () => (await editor.underlined()) === 0);
  await editor.go(12, 1);
  await editor.press("End", "Enter");
  await editor.type("每 迟早 扣 1分");
  await see("what is typed there is checked", async () => (await editor.underlined()) > 0);
}

let failed = true;
try {
  await whole_rubric();
  await every_rubric();
  await mended();
  await long_text();
  failed = false;
} finally {
  if (failed) {
    console.error(log());
    const path = join(tmpdir(), "rubricc-vscode-failed.png");
    await page.screenshot({ path }).catch(() => undefined);
    console.error(`what it looked like: ${path}`);
  }
  await stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

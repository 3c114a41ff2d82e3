// The tutorial's part on the editor: a rubric typed from nothing, with what completion offers, drawn step by step.
//
// node tests/editors/typing.mjs RUBRICC MODULES VSIX [FOLDER]
// The test is that what was typed checks and its example holds; with a folder, the pictures are kept there.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start } from "./lib/vscode.mjs";
import { until } from "./lib/wait.mjs";

const [rubricc, modules, vsix, pictures] = process.argv.slice(2).map((path) => resolve(path));

/** What is typed and chosen, in each language. A choice is what one types and a part of what one takes. */
const LANGUAGES = {
  zh: {
    file: "食堂.rubric",
    head: { choice: ["bz", '标准 "名称"'], fill: ["食堂评比", "2026", "3"] },
    evidence: { choice: ["tb", "填报"], name: "餐具不洁" },
    clause: { choice: ["tk", '条款 1 "名称"'], fill: ["1", "卫生", "3"] },
    rule: { choice: ["m", "每 "], name: ["cj", "餐具不洁"], points: "0.5" },
    example: { choice: ["sl", '示例 "名称"'], title: "两处不洁" },
    fails: "应为",
    holds: "✓ 通过",
  },
  en: {
    file: "canteen.rubric",
    head: { choice: ["rub", 'rubric "title"'], fill: ["Canteens", "2026", "3"] },
    evidence: { choice: ["ev", "evidence"], name: "dirty_dishes" },
    clause: { choice: ["cl", 'clause 1 "title"'], fill: ["1", "Hygiene", "3"] },
    rule: { choice: ["ea", "each "], name: ["di", "dirty_dishes"], points: "0.5" },
    example: { choice: ["ex", 'example "title"'], title: "Two dirty dishes" },
    fails: "expected",
    holds: "✓ holds",
  },
};

async function typed(language, words) {
  const scratch = mkdtempSync(join(tmpdir(), "评分 typing-"));
  const folder = join(scratch, "评分 标准");
  const path = join(folder, words.file);
  mkdirSync(folder);
  writeFileSync(path, "");
  const { page, editor, stop } = await start({
    modules,
    vsix,
    folder,
    home: join(scratch, "home"),
    settings: {
      "rubricc.path": rubricc,
      "rubricc.language": language,
      "editor.fontSize": 16,
      "workbench.statusBar.visible": false,
      "workbench.activityBar.location": "hidden",
      "breadcrumbs.enabled": false,
    },
    size: { width: 760, height: 520 },
  });
  let drawn = 0;
  const draw = async () => {
    drawn += 1;
    if (!pictures) return;
    // Only the text: the rest of the window is the same every time.
    await page.locator(".editor-instance").first().screenshot({ path: join(pictures, `typing-${drawn}.${language}.png`), caret: "initial" });
  };
  const see = async (what, ask) => {
    await until(what, ask, () => editor.text());
    console.log(`${language}: ${what}`);
  };
  /** Types the beginning of a word and takes what is offered for it. */
  const take = async ([typed, offered], picture = false) => {
    await editor.type(typed);
    const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: offered }).first();
    await editor.summon(`“${typed}” offers “${offered}”`, row, "Control+Space");
    if (picture) await draw();
    await row.click();
    await page.locator(".suggest-widget.visible").waitFor({ state: "hidden", timeout: 180_000 });
  };
  /** Fills the places of a construct, going from one to the next. */
  const fill = async (texts) => {
    for (const text of texts) {
      await editor.type(text);
      await next_place();
    }
  };
  /** To the next place to fill; what is offered for this one is not wanted. */
  const next_place = async () => {
    if (await page.locator(".suggest-widget.visible").isVisible()) await editor.press("Escape");
    await editor.press("Tab");
  };
  const next_part = () => editor.press("Escape", "Escape", "Control+End", "Enter", "Enter");
  const lens = (text) => async () =>
    (await page.locator(".codelens-decoration").allInnerTexts()).some((shown) => shown.includes(text));

  try {
    await editor.open(words.file);
    await editor.command("View: Close Primary Side Bar");
    await editor.focus();
    await take(words.head.choice, true);
    await fill(words.head.fill);
    await next_part();
    await take(words.evidence.choice);
    await editor.type(words.evidence.name);
    await next_part();
    await take(words.clause.choice);
    await fill(words.clause.fill);
    await take(words.rule.choice, true);
    await take(words.rule.name, true);
    await next_place();
    await editor.type(words.rule.points);
    await next_part();
    await take(words.example.choice);
    await fill([words.example.title]);
    await take(words.rule.name);
    await editor.type(" = 2");
    await see("the example does not hold yet", lens(words.fails));
    if (await page.locator(".suggest-widget.visible").isVisible()) await editor.press("Escape");
    await draw();
    await next_place();
    await next_place();
    await editor.type("2");
    await see("the example holds", lens(words.holds));
    await editor.press("Escape");
    await draw();
    await editor.press("Control+s");
    await see("what was typed checks, and its example holds", () => {
      execFileSync(rubricc, ["check", "--deny", "warnings", path], { stdio: "pipe" });
      execFileSync(rubricc, ["test", path], { stdio: "pipe" });
      return true;
    });
  } catch (error) {
    const picture = join(tmpdir(), `rubricc-typing-failed.${language}.png`);
    await page.screenshot({ path: picture }).catch(() => undefined);
    console.error(`what it looked like: ${picture}`);
    throw error;
  } finally {
    await stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

for (const [language, words] of Object.entries(LANGUAGES)) await typed(language, words);

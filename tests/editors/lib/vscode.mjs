// VS Code itself, served by code-server and shown in a headless Chromium.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { until } from "./wait.mjs";

/** A port that nobody uses now. */
function free_port() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "window.commandCenter": false,
  "chat.commandCenter.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontFamily": "'DejaVu Sans Mono', 'Noto Sans Mono CJK SC'",
  "files.autoSave": "off",
  "workbench.colorTheme": "Default Light Modern",
};

/**
 * Starts the editor on a folder with the extension installed.
 *
 * `modules`: the folder whose node_modules hold code-server and playwright-core; `home`: where the editor keeps its
 * own files; `settings`: those of the user.
 */
export async function start({ modules, home, folder, vsix, settings, size = { width: 1280, height: 800 } }) {
  const entry = join(modules, "node_modules/code-server/out/node/entry.js");
  const { chromium } = createRequire(join(modules, "package.json"))("playwright-core");
  mkdirSync(join(home, "data/User"), { recursive: true });
  writeFileSync(join(home, "data/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  writeFileSync(join(home, "config.yaml"), "auth: none\ncert: false\n");
  const common = ["--config", join(home, "config.yaml"), "--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];
  execFileSync(process.execPath, [entry, ...common, "--install-extension", vsix], { stdio: "pipe" });

  const port = await free_port();
  const server = spawn(
    process.execPath,
    [entry, ...common, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-workspace-trust", "--disable-telemetry", "--disable-update-check", folder],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  server.stdout.on("data", (data) => (log += data));
  server.stderr.on("data", (data) => (log += data));
  let browser;
  const stop = async () => {
    await browser?.close();
    server.kill();
  };
  try {
    await until("the server answers", async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, () => log);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    const page = await browser.newPage({ viewport: size });
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor({ timeout: 180_000 });
    return { page, stop, editor: new Editor(page), log: () => log };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a user does with the keyboard, and sees. */
class Editor {
  constructor(page) {
    this.page = page;
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types as a person would: key by key, so that the editor completes and formats meanwhile. */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  /** Presses keys until something shows. They may toggle it, so each press gets its time before the next. */
  async summon(what, shown, ...keys) {
    await until(
      what,
      async () => {
        if (await shown.isVisible()) return true;
        await this.press(...keys);
        await shown.waitFor({ timeout: 5_000 });
        return true;
      },
      () => this.text(),
    );
    console.log(`VS Code: ${what}`);
  }

  /** Opens the input at the top, writes this into it, and takes the first of what it offers. */
  async #quick_input(key, text, offered) {
    const input = this.page.locator(".quick-input-widget input[type=text]");
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: offered }).first();
    await until(
      `the input of ${key} offers ${offered}`,
      async () => {
        await this.summon(`the input of ${key} opens`, input, key);
        await input.fill(text);
        await row.waitFor({ timeout: 5_000 }).catch(() => undefined);
        if (await row.isVisible()) return true;
        // What it offers is looked up when it opens: a file may have come since.
        await this.press("Escape");
        return false;
      },
      () => this.page.locator(".quick-input-list").innerText(),
    );
    await row.click();
    await input.waitFor({ state: "hidden", timeout: 180_000 });
  }

  /** Opens a file by its path, or a part of it. */
  async open(path, name = path) {
    await this.#quick_input("Control+p", path, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor({ timeout: 180_000 });
    await this.page.locator(".editor-instance .view-line").first().waitFor({ timeout: 180_000 });
    await this.focus();
  }

  /** A command by its title, or by a beginning of it. */
  async command(title) {
    await this.#quick_input("F1", `>${title}`, title);
  }

  async focus() {
    await this.press("Control+1");
  }

  /** The cursor to a line and column, both from 1. */
  async go(line, column) {
    const input = this.page.locator(".quick-input-widget input[type=text]");
    await this.summon("the input of lines opens", input, "Control+g");
    await input.fill(`:${line}:${column}`);
    await this.press("Enter");
    await input.waitFor({ state: "hidden", timeout: 180_000 });
  }

  /** The text on the screen. */
  async text() {
    const lines = await this.page.locator(".editor-instance .view-line").allInnerTexts();
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** The number of places underlined as errors or warnings. */
  async underlined() {
    return this.page.locator(".squiggly-error, .squiggly-warning").count();
  }

  /** Errors and warnings as the status bar counts them. */
  async problems() {
    return (await this.page.locator("#status\\.problems").getAttribute("aria-label")) ?? "";
  }
}

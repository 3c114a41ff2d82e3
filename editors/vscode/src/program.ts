// The program `rubricc`: where it is, in which language it speaks, and how it is run.

import { execFile } from "node:child_process";
import { dirname } from "node:path";
import * as vscode from "vscode";

export type Language = "zh" | "en";

/** What a run of the program gave. */
export interface Run {
  /** Its exit code; undefined where it could not be started. */
  readonly exit: number | undefined;
  readonly output: string;
  readonly messages: string;
}

/** The name or path of the program, as set. */
export function programPath(): string {
  const path = vscode.workspace.getConfiguration("rubricc").get<string>("path", "rubricc").trim();
  return path === "" ? "rubricc" : path;
}

/** The language of messages: as set, or else the editor's. */
export function language(): Language {
  const set = vscode.workspace.getConfiguration("rubricc").get<string>("language", "auto");
  if (set === "zh" || set === "en") return set;
  return vscode.env.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Runs the program on a file, in the folder of its workspace, so that the paths it prints are short. */
export function run(file: vscode.Uri, args: readonly string[]): Promise<Run> {
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath ?? dirname(file.fsPath);
  const all = [...args, "--lang", language(), "--color", "never"];
  return new Promise((resolve) => {
    execFile(programPath(), all, { cwd: folder, maxBuffer: 64 << 20 }, (error, output, messages) => {
      const failed = error === null ? 0 : error.code;
      resolve({ exit: typeof failed === "number" ? failed : undefined, output, messages });
    });
  });
}

/** Says that the program is missing and offers the setting. */
export async function reportMissing(): Promise<void> {
  const open = vscode.l10n.t("Open settings");
  const text = vscode.l10n.t("rubricc was not found: {0}. Install it, or set its path.", programPath());
  if ((await vscode.window.showErrorMessage(text, open)) === open)
    await vscode.commands.executeCommand("workbench.action.openSettings", "rubricc.path");
}

// The commands: check, run the examples, score.

import { basename } from "node:path";
import * as vscode from "vscode";
import { type Run, reportMissing, run } from "./program";
import { showScores } from "./view";

const output = vscode.window.createOutputChannel("Rubric: rubricc");

/** The rubric in front of the user, saved. */
async function currentRubric(): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "rubric") {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a rubric first."));
    return undefined;
  }
  return !document.isDirty || (await document.save()) ? document.uri : undefined;
}

async function shown(made: Run): Promise<void> {
  if (made.exit === undefined) {
    await reportMissing();
    return;
  }
  output.clear();
  output.append(made.messages + made.output);
  output.show(true);
}

export async function check(): Promise<void> {
  const rubric = await currentRubric();
  if (rubric) await shown(await run(rubric, ["check", rubric.fsPath]));
}

export async function runExamples(): Promise<void> {
  const rubric = await currentRubric();
  if (rubric) await shown(await run(rubric, ["test", "--coverage", rubric.fsPath]));
}

export async function evaluate(context: vscode.ExtensionContext): Promise<void> {
  const rubric = await currentRubric();
  const evidence = rubric && (await chosenEvidence(rubric));
  if (!evidence) return;
  const made = await run(rubric, ["eval", rubric.fsPath, evidence.fsPath, "--format", "ledger"]);
  if (made.exit === undefined) await reportMissing();
  else showScores(context, basename(rubric.fsPath), made);
}

/** Asks which evidence; the likely files of the rubric's own folder come first. */
async function chosenEvidence(rubric: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.joinPath(rubric, "..");
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, "*.json"), undefined, 100);
  const own = basename(rubric.fsPath, ".rubric");
  const rank = (uri: vscode.Uri): number => (basename(uri.fsPath).startsWith(own) ? 0 : 1);
  found.sort((a, b) => rank(a) - rank(b) || a.fsPath.localeCompare(b.fsPath));
  const other = vscode.l10n.t("Other file…");
  const picks = [...found.map((uri) => ({ label: basename(uri.fsPath), uri })), { label: other, uri: undefined }];
  const pick = await vscode.window.showQuickPick(picks, { placeHolder: vscode.l10n.t("Evidence to score by") });
  if (!pick) return undefined;
  if (pick.uri) return pick.uri;
  const chosen = await vscode.window.showOpenDialog({
    defaultUri: folder,
    filters: { [vscode.l10n.t("Evidence")]: ["json"] },
  });
  return chosen?.[0];
}

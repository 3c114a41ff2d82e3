// Shows scores beside the rubric: the ledger by unit and clause.
//
// Everything shown comes from files, so everything is escaped, and the page may load nothing and run only its own
// script.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { type Part, type Unit, unitsOf } from "./ledger";
import type { Run } from "./program";

let panel: vscode.WebviewPanel | undefined;

/** Shows what `eval --format ledger` gave, in the panel of the scores before it if that is open. */
export function showScores(context: vscode.ExtensionContext, rubric: string, made: Run): void {
  const title = vscode.l10n.t("Scores: {0}", rubric);
  if (!panel) {
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    panel = vscode.window.createWebviewPanel("rubricc.scores", title, beside, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    context.subscriptions.push(
      panel.onDidDispose(() => {
        panel = undefined;
      }),
    );
  }
  panel.title = title;
  panel.webview.html = page(title, made);
  panel.reveal(undefined, true);
}

/** Text as text: no character of it means anything to HTML, in an element or in an attribute. */
export function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? "");
}

function page(title: string, made: Run): string {
  const nonce = randomBytes(16).toString("base64");
  const units = unitsOf(made.output);
  const failed = made.exit !== 0 || units.length === 0;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${failed ? `<p class="failed">${escaped(vscode.l10n.t("rubricc could not score:"))}</p>` : ""}
${made.messages.trim() === "" ? "" : `<pre>${escaped(made.messages)}</pre>`}
${units.length === 0 ? `<p>${escaped(vscode.l10n.t("No scores"))}</p>` : list(units)}
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

function list(units: readonly Unit[]): string {
  const hint = escaped(vscode.l10n.t("Look for a unit"));
  const open = units.length === 1;
  return `<p>${escaped(vscode.l10n.t("Units"))}: ${units.length}
<input id="search" type="search" placeholder="${hint}" aria-label="${hint}"></p>
${units.map((unit) => unitPart(unit, open)).join("\n")}`;
}

function unitPart(unit: Unit, open: boolean): string {
  return `<details class="unit" data-id="${escaped(unit.id)}"${open ? " open" : ""}>
<summary><strong>${escaped(unit.id)}</strong> ${escaped(unit.summary)}</summary>
${unit.parts.map(clausePart).join("\n")}
</details>`;
}

function clausePart(part: Part): string {
  const lines = part.lines.map((line) => {
    const depth = Math.min(4, Math.floor((line.length - line.trimStart().length) / 2));
    return `<div class="depth${depth}">${escaped(line.trim())}</div>`;
  });
  return `<section><h2>${escaped(part.head)}</h2>${lines.join("")}</section>`;
}

const STYLE = `
body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1rem 2rem; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1rem; margin: 1rem 0 0.25rem; }
summary { cursor: pointer; padding: 0.25rem 0; }
details.unit { border-bottom: 1px solid var(--vscode-panel-border); }
section { margin-left: 1rem; font-variant-numeric: tabular-nums; }
input { margin-left: 1rem; padding: 0.2rem 0.4rem; color: var(--vscode-input-foreground);
  background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, transparent); }
pre { white-space: pre-wrap; font-family: var(--vscode-editor-font-family); }
.failed { color: var(--vscode-errorForeground); }
.depth1 { margin-left: 1rem; } .depth2, .depth3, .depth4 { margin-left: 2rem; opacity: 0.8; }
[hidden] { display: none; }`;

const SCRIPT = `
const search = document.getElementById("search");
search?.addEventListener("input", () => {
  for (const unit of document.querySelectorAll(".unit")) unit.hidden = !unit.dataset.id.includes(search.value.trim());
});`;

// Entry of the extension: starts the language server and offers the commands.

import * as vscode from "vscode";
import { check, evaluate, runExamples } from "./commands";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const started = new Server();
  server = started;
  const command = (name: string, run: () => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(name, run);
  context.subscriptions.push(
    command("rubricc.check", check),
    command("rubricc.test", runExamples),
    command("rubricc.evaluate", () => evaluate(context)),
    command("rubricc.restart", () => started.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("rubricc")) void started.restart();
    }),
  );
  await started.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

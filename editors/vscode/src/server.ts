// The connection with the language server.

import { LanguageClient } from "vscode-languageclient/node";
import { language, programPath, reportMissing } from "./program";

/** One server for all folders. Changes are made one after another, however fast they are asked for. */
export class Server {
  #client: LanguageClient | undefined;
  #changes: Promise<void> = Promise.resolve();

  start(): Promise<void> {
    return this.#then(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#then(() => this.#stop());
  }

  restart(): Promise<void> {
    return this.#then(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  #then(change: () => Promise<void>): Promise<void> {
    this.#changes = this.#changes.then(change, change);
    return this.#changes;
  }

  async #start(): Promise<void> {
    const client = new LanguageClient(
      "rubricc",
      "Rubric",
      { command: programPath(), args: ["lsp", "--lang", language()] },
      {
        documentSelector: [{ scheme: "file", language: "rubric" }, { scheme: "file", pattern: "**/*.evidence.json" }],
        initializationOptions: { language: language() },
        outputChannelName: "Rubric",
      },
    );
    try {
      await client.start();
      this.#client = client;
    } catch (error) {
      client.error(String(error));
      await client.dispose().catch(() => undefined);
      // Not awaited: the message stays until somebody answers it.
      void reportMissing();
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A server that has died cannot be asked to stop.
    await client?.dispose().catch(() => undefined);
  }
}

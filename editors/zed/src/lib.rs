//! Tells Zed how `rubricc lsp` is started: the program on the search path, or that of the settings under
//! `lsp.rubricc.binary.path`.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension, serde_json};

struct Rubric;

impl Extension for Rubric {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), worktree)?.binary;
        let set = binary.and_then(|binary| binary.path);
        let command = set
            .or_else(|| worktree.which("rubricc"))
            .ok_or("rubricc was not found: put it on the search path, or set lsp.rubricc.binary.path")?;
        Ok(Command { command, args: vec!["lsp".into()], env: worktree.shell_env() })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.initialization_options)
    }
}

register_extension!(Rubric);

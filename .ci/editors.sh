# Stages of the editors, heavy too.

# The parser in the repository is the one that the grammar gives; it reads everything, in both languages.
tree_sitter() {
  node_and_npm
  # Another version would write another parser.
  cargo_tool tree-sitter tree-sitter-cli --version 0.27.1
  cp -r editors/tree-sitter-rubric/src "$scratch/parser"
  (cd editors/tree-sitter-rubric && tree-sitter generate && tree-sitter test)
  diff -rq editors/tree-sitter-rubric/src "$scratch/parser"
  local query
  for query in editors/{tree-sitter-rubric,helix}/queries/*.scm editors/zed/languages/rubric/*.scm; do
    (cd editors/tree-sitter-rubric && tree-sitter query "../../$query" ../../rubrics/county-township/2022.rubric >/dev/null)
  done
  node tests/editors/tree_sitter.mjs "$binary"
}

neovim() {
  packages neovim
  tests/editors/terminal.sh neovim "$binary"
}

emacs_eglot() {
  packages emacs-nox elpa-eglot
  tests/editors/terminal.sh emacs "$binary"
}

# The extension, built by the one command that makes it, in VS Code itself.
vscode() {
  node_and_npm
  packages chromium fonts-noto-cjk ripgrep g++ make python3
  (cd editors/vscode && retry npm ci --no-progress && npm run --silent package)
  code_server
  node tests/editors/vscode.mjs "$binary" "$tools/code-server" editors/vscode/rubricc.vsix
  node tests/editors/typing.mjs "$binary" "$tools/code-server" editors/vscode/rubricc.vsix
}

# VS Code as a server, in the folder of tools; quiet unless it fails.
code_server() {
  if [ ! -e "$tools/code-server/ready" ]; then
    bash .ci/code_server.sh "$tools/code-server" >"$scratch/code-server.log" 2>&1 || {
      tail -n 60 "$scratch/code-server.log" >&2
      return 1
    }
  fi
}

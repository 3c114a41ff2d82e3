-- Settings of a buffer with a rubric: indentation, comments, colours, the language server.

vim.bo.commentstring = "// %s"
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"

-- Colours by tree-sitter, where the parser is installed (see README.md). The server's own colours need nothing.
pcall(function()
  vim.treesitter.start()
end)

local root = vim.fn.finddir(".git", vim.fn.expand("%:p:h") .. ";")
local server = {
  name = "rubricc",
  -- Put the full path here if `rubricc` is not on the search path; `zh` or `en` settles the language of messages.
  cmd = { vim.g.rubricc_path or "rubricc", "lsp" },
  init_options = { language = vim.g.rubricc_language or "auto" },
  root_dir = root ~= "" and vim.fn.fnamemodify(root, ":p:h:h") or vim.fn.expand("%:p:h"),
}

if vim.fn.executable(server.cmd[1]) == 0 then
  vim.notify("rubricc: " .. server.cmd[1] .. " was not found; set vim.g.rubricc_path", vim.log.levels.WARN)
elseif vim.lsp.start then
  vim.lsp.start(server)
else
  -- Neovim 0.7: one server for all rubrics.
  vim.g.rubricc_client = vim.g.rubricc_client or vim.lsp.start_client(server)
  vim.lsp.buf_attach_client(0, vim.g.rubricc_client)
end

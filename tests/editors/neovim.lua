-- Neovim with the settings of editors/neovim, on a path with Chinese and blanks.
--
-- nvim --clean --headless --cmd 'set runtimepath^=editors/neovim' -c 'luafile tests/editors/neovim.lua' FILE
-- FILE is a copy of fixture.rubric; each step acts on the buffer as a user's keys would.

local LIMIT = 180000
local buffer = vim.api.nvim_get_current_buf()

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

local function shown_diagnostics()
  local all = vim.tbl_map(function(d)
    return d.lnum + 1 .. ": " .. d.message
  end, vim.diagnostic.get(buffer))
  return table.concat(all, "\n")
end

local function wait_until(what, condition)
  if not vim.wait(LIMIT, condition, 50) then
    error(("waited in vain until %s\n--- text\n%s\n--- diagnostics\n%s"):format(what, text(), shown_diagnostics()))
  end
  print("neovim: " .. what .. "\n")
end

--- Puts the cursor on the first place of some words, counted from a line.
local function go(words, from)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(words, 1, true)
    if column and number >= (from or 1) then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return number
    end
  end
  error("no such words: " .. words)
end

--- What the server answers to a request at the cursor.
local function ask(method)
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  local position = vim.lsp.util.make_position_params(0, clients[1].offset_encoding)
  local answers = vim.lsp.buf_request_sync(buffer, method, position, LIMIT)
  for _, answer in pairs(answers or {}) do
    if answer.error then
      error(method .. ": " .. vim.inspect(answer.error))
    end
    return answer.result
  end
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
  return ""
end

local function run()
  wait_until("the misspelt name is found", function()
    return shown_diagnostics():find("迟倒", 1, true) ~= nil
  end)

  go("迟倒")
  vim.ui.select = function(items, _, choose)
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait_until("a quick fix mends the name", function()
    return text():find("每 迟到 扣", 1, true) ~= nil
  end)
  wait_until("nothing is found any more", function()
    return #vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR }) == 0
  end)

  go("缺席", 10)
  vim.lsp.buf.hover()
  wait_until("hovering shows what the evidence means", function()
    return floating_text():find("全年缺席的次数", 1, true) ~= nil
  end)

  vim.lsp.buf.rename("旷工")
  wait_until("both places have the new name", function()
    return text():find("旷工: 次数", 1, true) ~= nil and text():find("每 旷工 扣", 1, true) ~= nil
  end)

  local line = go("每 旷工")
  -- One blank more, for out of insert mode the cursor stands on a character.
  vim.api.nvim_buf_set_lines(buffer, line, line, false, { "  每  " })
  vim.api.nvim_win_set_cursor(0, { line + 1, #"  每 " })
  local labels = {}
  wait_until("completion offers the evidence", function()
    local answer = ask("textDocument/completion") or {}
    labels = vim.tbl_map(function(item)
      return item.label
    end, answer.items or answer)
    return vim.tbl_contains(labels, "旷工") and vim.tbl_contains(labels, "迟到")
  end)
  vim.api.nvim_buf_set_lines(buffer, line, line + 1, false, {})

  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = LIMIT })
  else
    vim.lsp.buf.formatting_sync(nil, LIMIT)
  end
  wait_until("formatting lays the text out", function()
    return text():find("\n  满分 3分\n", 1, true) ~= nil
  end)

  -- So long a text is checked at once only where it is touched.
  local comment = "// " .. ("长"):rep(20)
  local remarks = {}
  for _ = 1, 1000 do
    table.insert(remarks, comment)
  end
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, remarks)
  local rule = go("每 旷工 扣") - 1
  local before = vim.api.nvim_buf_get_lines(buffer, rule, rule + 1, false)
  vim.api.nvim_buf_set_lines(buffer, rule, rule + 1, false, { (before[1]:gsub("旷工", "旷公")) })
  wait_until("a misspelt name is found in a long text", function()
    return shown_diagnostics():find("旷公", 1, true) ~= nil
  end)
  vim.api.nvim_buf_set_lines(buffer, rule, rule + 1, false, before)
  wait_until("nothing is found there once it is mended", function()
    return #vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR }) == 0
  end)
end

local ok, problem = xpcall(run, debug.traceback)
if not ok then
  io.stderr:write("neovim: " .. problem .. "\n")
  vim.cmd("cquit 1")
end
vim.cmd("qall!")

-- Rubrics and calendars by the ends of their names.
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  pattern = { "*.rubric", "*.calendar" },
  callback = function()
    vim.bo.filetype = "rubric"
  end,
})

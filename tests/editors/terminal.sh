#!/usr/bin/env bash
# Neovim and Emacs, each on a copy of the fixture in a folder with Chinese and a blank in its name.
#
# tests/editors/terminal.sh neovim|emacs RUBRICC
set -euo pipefail
editor=$1
rubricc=$(realpath "$2")
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/评分 标准"
file="$folder/评分 标准/试 例.rubric"
cp tests/editors/fixture.rubric "$file"
PATH=$(dirname "$rubricc"):$PATH
export PATH LC_ALL=C.UTF-8

case $editor in
  neovim)
    nvim --clean --headless --cmd 'set runtimepath^=editors/neovim' --cmd 'let g:rubricc_language = "zh"' \
      -c 'luafile tests/editors/neovim.lua' "$file"
    ;;
  emacs)
    emacs -Q --batch -L editors/emacs -l tests/editors/emacs.el "$file"
    ;;
  *)
    echo "no such editor: $editor" >&2
    exit 2
    ;;
esac

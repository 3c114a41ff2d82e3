# Stages that need nothing but Rust and Python.

rubrics() {
  "$binary" check --deny warnings rubrics
  find rubrics -name '*.rubric' -print0 | xargs -0 "$binary" fmt --check
  "$binary" test --coverage rubrics
}

# `run` compares every figure of all cases.
acceptance() {
  python3 "$1/run" --rubricc "$binary" --rubrics rubrics
}

shared_acceptance() {
  if [ -f ../shared/acceptance/run ]; then
    acceptance ../shared/acceptance
  elif [ -n "${CI:-}" ]; then
    echo 'the shared acceptance cases are missing' >&2
    return 1
  fi
}

# Both languages hold the same: the same bytes after going to English and back, and the same examples in between.
languages() {
  local copy=$scratch/languages
  mkdir "$copy"
  cp -r rubrics "$copy/"
  find "$copy/rubrics" -name '*.rubric' -print0 | xargs -0 "$binary" fmt --keywords en
  (cd "$copy" && "$binary" check --deny warnings rubrics && "$binary" test rubrics)
  find "$copy/rubrics" -name '*.rubric' -print0 | xargs -0 "$binary" fmt --keywords zh
  diff -r rubrics "$copy/rubrics"
}

# Inputs that are hard for their size or shape; a debug build takes minutes for some of them.
hard_inputs() {
  RUBRICC_HARD=$binary cargo test --quiet -p rubricc --test hard -- --include-ignored
}

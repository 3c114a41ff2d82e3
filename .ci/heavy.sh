# Stages that take long or need other programs, which they install.

# Licences, bans and sources. Advisories need a database from elsewhere and are looked at before a release.
dependencies() {
  cargo_tool cargo-deny cargo-deny
  cargo deny check bans licenses sources
}

# The four models of XCCDF against OpenSCAP's scanner, over runs of our own making.
xccdf() {
  packages openscap-scanner
  tests/xccdf/compare.py --rubricc "$binary" --runs 300
}

# Each fuzz target for thirty seconds from the committed corpus, under the address sanitizer.
fuzzing() {
  cargo_tool cargo-fuzz cargo-fuzz
  fuzz/run 30
}

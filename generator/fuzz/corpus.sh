#!/usr/bin/env bash
# Fills corpus/spec with what the fuzzer begins with: each file of the small spec, behind its number.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p corpus/spec
number=0
sed -n '/^const FILES/,/^];/s/^ *"\(.*\)",$/\1/p' fuzz_targets/spec.rs | while read -r file; do
    { printf "\\x$(printf %02x "$number")"; cat "../../tests/fixtures/specs/mini/$file"; } >"corpus/spec/$(basename "$file")"
    number=$((number + 1))
done

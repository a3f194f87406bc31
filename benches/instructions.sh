#!/usr/bin/env bash
# Instructions of each sampler, counted by callgrind and compared with benches/instructions.tsv: more than a tenth above it
# fails. With --bless the table is written anew. Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
table=benches/instructions.tsv

binary=$(cargo bench --locked --workspace --features models --no-run --bench instructions --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*instructions-[^"]*\)".*/\1/p' | tail -1)
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" 2>&1 | sed -n 's/.*Collected : //p'
}

start=$(count nothing)
measured=$(for case in random grid lhs clh bohb tpe cma_es; do printf '%s\t%s\n' "$case" $(($(count $case) - start)); done)
if [ "${1:-}" = --bless ]; then
    printf '%s\n' "$measured" > "$table"
fi
printf 'case\tinstructions\tthe table has\n'
failed=0
while IFS=$'\t' read -r case now; do
    before=$(sed -n "s/^$case\t//p" "$table")
    printf '%s\t%s\t%s\n' "$case" "$now" "$before"
    [ "$now" -le $((before + before / 10)) ] || failed=1
done <<< "$measured"
exit $failed

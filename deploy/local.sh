#!/bin/sh
# Eight processes on this machine: `WORKER=./train DATABASE_URL=sqlite:sweep.db sh local.sh 8`. What follows the number goes
# to the program.
set -eu
: "${WORKER:?the program to run}" "${DATABASE_URL:?the address of the study}"
count=${1:-8}
[ "$#" = 0 ] || shift
seq "$count" | xargs -P "$count" -I {} "$WORKER" "$@"

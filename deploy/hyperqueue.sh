#!/bin/sh
# Workers of one study as tasks of HyperQueue, which asks SLURM or PBS for machines by itself.
# `WORKER=/home/me/train DATABASE_URL=postgres://… sh hyperqueue.sh 64`, where `hq server start` runs. What follows the number
# goes to the program.
set -eu
: "${WORKER:?the program to run}" "${DATABASE_URL:?the address of the study}"
# A task whose worker is lost is started again; what it ran is put back in the study, however often: machines that are taken
# away without a warning are no fault of the trials that ran there.
count=${1:-16}
[ "$#" = 0 ] || shift
hq submit --name=sweep --array="1-$count" --cpus=4 --crash-limit=10 --env=DATABASE_URL="$DATABASE_URL" \
    --env=HYPEROPT_RETRIES="${HYPEROPT_RETRIES:-unlimited}" "$WORKER" "$@"

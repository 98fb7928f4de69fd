#!/bin/sh
# Everything from nothing: train both models, export, evaluate, write the golden vectors.
#   PY=/path/to/venv/bin/python sh rerun.sh
# PY needs torch, numpy, Pillow, onnx, sympy, typing_extensions, jinja2, networkx, filelock, fsspec (README.md).
set -e
cd "$(dirname "$0")"
PY=${PY:-python3}
WORK=${WORK:-work}
export OMP_WAIT_POLICY=passive
mkdir -p "$WORK"
nice -n 19 "$PY" train.py --model v1 --work "$WORK" --threads 1 > "$WORK/v1.out" 2>&1 &
one=$!
nice -n 19 "$PY" train.py --model v2 --work "$WORK" --threads 1 > "$WORK/v2.out" 2>&1 &
two=$!
wait $one
wait $two
nice -n 19 "$PY" export.py --work "$WORK" --out "$WORK"

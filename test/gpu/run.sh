#!/bin/sh
# Runs the GPU tests from the bundle: sh run.sh [bench]. Needs Linux x64 with glibc 2.34 and an NVIDIA driver, nothing else.
# The parts may arrive one at a time: each run unpacks what lies beside this script, and the tests start when all is there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=${XGBOOST_GPU_BUNDLE:-/tmp/xgboost-gpu-bundle}
mkdir -p "$home"

if [ -f "$here/part-1.whl" ]; then cp "$here/part-1.whl" "$home/libxgboost.whl"; fi
if [ -f "$here/part-2.tar.gz" ]; then tar -xzf "$here/part-2.tar.gz" -C "$home"; fi

for part in libxgboost.whl runtime/node; do
  if [ ! -f "$home/$part" ]; then
    echo "waiting for the other part of the bundle ($part is not there yet)"
    exit 0
  fi
done

cd "$home"
export LD_LIBRARY_PATH="$home/runtime/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
runtime/node test/gpu/unpack-wheel.mjs libxgboost.whl
nvidia-smi || echo "nvidia-smi is not installed"
if [ "${1:-}" = bench ]; then
  shift
  exec runtime/node bench/gpu/train.mjs "$@"
fi
exec runtime/node --test --test-reporter=spec test/gpu/*.test.mjs

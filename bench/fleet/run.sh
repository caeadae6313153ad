#!/usr/bin/env bash
# Thousands of gateways on one server, each with a connection of its own; then the server is killed and all come back.
# Called by ./scs bench fleet. SCS_FLEET_GATEWAYS (5000) and SCS_FLEET_SECONDS (60) change the size.
set -euo pipefail
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" cloud-connector/server
gateways=${SCS_FLEET_GATEWAYS:-5000} seconds=${SCS_FLEET_SECONDS:-60}
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt $((gateways + 1000)) ]; then
  echo "this shell may have $(ulimit -n) files open, $((gateways + 1000)) are needed: raise ulimit -n" >&2
  exit 2
fi
conditions "$gateways gateways with MQTT connections and credentials of their own, one message of 5 metrics each per 5 s, receipts for all; simulation and server on the same cores; SQLite: WAL, synchronous FULL, on $(df --output=fstype "$work" | tail -n 1)"
java -Xmx512m -Dlogback.configurationFile=none -cp "$classpath" solutions.itms.scs.server.bench.FleetBench "$work/fleet" "$gateways" "$seconds"

#!/usr/bin/env bash
# Ten thousand idle connections and five hundred slow ones: gates are heard all the same. Called by ./scs bench crowd.
set -euo pipefail
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
source "$(dirname "${BASH_SOURCE[0]}")/../with-gateway.sh"
idle=${SCS_CROWD_IDLE:-10000} slow=${SCS_CROWD_SLOW:-500}
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt $((idle + slow + 1000)) ]; then
  echo "this shell may have $(ulimit -n) files open, $((idle + slow + 1000)) are needed: raise ulimit -n" >&2
  exit 2
fi
start_gateway
conditions "$idle idle and $slow slow connections, heartbeats of 60 gates over a new connection each"
java -Xmx128m -cp "$testkit" solutions.itms.scs.testkit.CrowdMain "$port" "$idle" "$slow"
echo "gateway: RSS $(awk '/VmRSS/ {print int($2/1024)}' "/proc/$gateway_pid/status") MB"

#!/usr/bin/env bash
# Thousands of gates, some of which misbehave, all beginning at once. Called by ./scs bench gates.
# SCS_GATES (5000) and SCS_GATES_SECONDS (60) change the size.
set -euo pipefail
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
source "$(dirname "${BASH_SOURCE[0]}")/../with-gateway.sh"
start_gateway
gates=${SCS_GATES:-5000} seconds=${SCS_GATES_SECONDS:-60}
conditions "$gates gates, each every 5 to 10 s, asking for its operation every sixth time, one of 50 misbehaving"
ticks() { awk '{print $14+$15}' "/proc/$gateway_pid/stat"; }
before=$(ticks)
java -Xmx64m -cp "$testkit" solutions.itms.scs.testkit.FleetMain "http://127.0.0.1:$port" "$gates" "$seconds" faults
echo "gateway: $(awk -v t=$(($(ticks) - before)) -v s="$seconds" 'BEGIN {printf "%.0f", t/s}') % of a core, RSS $(awk '/VmRSS/ {print int($2/1024)}' "/proc/$gateway_pid/status") MB"
heard=$(curl -sS "http://127.0.0.1:$port/hb" | grep -o '"status":"online"' | wc -l)
verdict=ok
[ "$heard" -ge $((gates * 95 / 100)) ] || verdict=short
echo "figure name=gates_online value=$heard unit=gates bar=$((gates * 95 / 100)) $verdict"
[ $verdict = ok ]

#!/usr/bin/env bash
# Mutated HTTP requests against the station: no fault, nothing left behind. Called by ./scs bench fuzz.
# SCS_FUZZ_REQUESTS (1000000) and SCS_FUZZ_SEED (4) change what is sent.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../with-gateway.sh"
start_gateway
requests=${SCS_FUZZ_REQUESTS:-1000000} seed=${SCS_FUZZ_SEED:-4}
conditions "$requests requests, seed $seed, 8 connections at a time"
java -Xmx128m -cp "$testkit" solutions.itms.scs.testkit.FuzzMain "$port" "$gateway_pid" "$requests" "$seed"

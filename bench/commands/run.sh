#!/usr/bin/env bash
# Round trip of a command: asked for over HTTP, signed, through the broker to a gateway, acknowledged, its signed result
# in the database and on a browser's live stream, with many gateways attached. Called by ./scs bench commands.
# SCS_COMMANDS_GATEWAYS (1000), SCS_COMMANDS_COUNT (1000) and SCS_COMMANDS_RATE (20 a second) change the size.
set -euo pipefail
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" cloud-connector/server
gateways=${SCS_COMMANDS_GATEWAYS:-1000} count=${SCS_COMMANDS_COUNT:-1000} rate=${SCS_COMMANDS_RATE:-20}
conditions "$gateways gateways with MQTT connections of their own, $count commands at $rate a second after a warm-up; gateways, client, broker, server and SQLite (WAL, synchronous FULL) on the same cores; on $(df --output=fstype "$work" | tail -n 1)"
java -Xmx384m -Dlogback.configurationFile=none "-Dscs.commands.gateways=$gateways" "-Dscs.commands.count=$count" \
  "-Dscs.commands.rate=$rate" -cp "$classpath" solutions.itms.scs.server.bench.CommandBench "$work/run"

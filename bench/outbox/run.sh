#!/usr/bin/env bash
# The outbox beside a raw file and a raw log, and the connection beside bare Paho: same machine, same run, same broker.
# Called by ./scs bench outbox.
set -euo pipefail
PATH=$PATH:/usr/sbin
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" cloud-connector/solutions.itms.scs.cloud.mqtt

port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
mosquitto -p "$port" >"$work/mosquitto.log" 2>&1 & pids+=($!)
for _ in $(seq 100); do (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done

conditions "$(mosquitto -h | head -n 1) with its default settings, on the same cores; messages of 300 bytes; SQLite on $(df --output=fstype "$work" | tail -n 1), WAL, synchronous FULL"
bench() { java ${SCS_BENCH_JAVA_OPTS:-} "-Xmx$1" -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$classpath" \
  solutions.itms.scs.cloud.mqtt.OutboxBench "${@:2}" || worst=1; }
bench 512m speed "$work" "$port"
bench 64m memory "$work"
exit $worst

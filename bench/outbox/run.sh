#!/usr/bin/env bash
# The outbox beside a raw file and a raw log, and the connection beside bare Paho: same machine, same run, same broker.
# Called by ./scs bench outbox.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
module=cloud-connector/solutions.itms.scs.cloud.mqtt
PATH=$PATH:/usr/sbin
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
pids=()
cleanup() { kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
say() { printf '%s\n' "$*" >&2; }

say "compiling the benchmark"
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip=true -pl "$module" -am test-compile dependency:build-classpath \
  -DincludeScope=test -Dmdep.outputFile=target/bench.classpath </dev/null) >"$work/build.log" 2>&1 ||
  { grep -E '^\[ERROR\]' "$work/build.log" | head -n 20 >&2; exit 1; }
classpath=$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$root/$module/target/bench.classpath")

port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
mosquitto -p "$port" >"$work/mosquitto.log" 2>&1 & pids+=($!)
for _ in $(seq 100); do (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done

echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); $(mosquitto -h | head -n 1) with its default settings, on the same cores; messages of 300 bytes; SQLite on $(df --output=fstype "$work" | tail -n 1), WAL, synchronous FULL"
worst=0
bench() { java ${SCS_BENCH_JAVA_OPTS:-} "-Xmx$1" -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$classpath" \
  solutions.itms.scs.cloud.mqtt.OutboxBench "${@:2}" || worst=1; }
bench 512m speed "$work" "$port"
bench 64m memory "$work"
exit $worst

# Sourced by benchmarks that measure one gateway; expects it to be built. Sets work, port and gateway_pid.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
testkit=$root/bundles/solutions.itms.scs.testkit/target/solutions.itms.scs.testkit-0.1.0-SNAPSHOT.jar
mkdir -p "$root/target"
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
gateway_pid=""
cp "$testkit" "$work/testkit.jar"
testkit=$work/testkit.jar
cleanup() { [ -z "$gateway_pid" ] || kill "$gateway_pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

start_gateway() { # further arguments of ./scs gateway
  port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  (cd "$root" && SCS_NO_BUILD=1 SCS_GATEWAY_JAVA_OPTS="${SCS_GATEWAY_JAVA_OPTS:--Xmx256m -XX:+UseSerialGC}" exec ./scs gateway \
    --data "$work/gateway" --station-port "$port" "$@") >"$work/out" 2>"$work/err" </dev/null &
  gateway_pid=$!
  for _ in $(seq 300); do
    curl -s -o /dev/null "http://127.0.0.1:$port/time" && return
    kill -0 "$gateway_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/err" >&2
  exit 1
}

conditions() {
  echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); client and server on the same cores; $*"
}

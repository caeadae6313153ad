#!/usr/bin/env bash
# The station's heartbeat server beside nginx, Express and Fastify: same machine, same run, same script. Called by ./scs
# bench station; expects the gateway to be built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${SCS_BENCH_SECONDS:-10} rounds=${SCS_BENCH_ROUNDS:-3} flash_seconds=${SCS_BENCH_FLASH_SECONDS:-60}
work=$(mktemp -d -p "${SCS_BENCH_DIR:-$root/target}")
pids=()
cleanup() {
  kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  mountpoint -q "$work/flash" && umount "$work/flash"
  rm -rf "$work"
}
trap cleanup EXIT
say() { printf '%s\n' "$*" >&2; }

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
await() { for _ in $(seq 300); do curl -s -o /dev/null "$1" && return; sleep 0.1; done; say "no answer from $1"; exit 1; }

median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
worst=0
figure() { # NAME VALUE UNIT BAR min|max
  local verdict=ok
  awk -v v="$2" -v b="$4" -v d="$5" 'BEGIN {exit !((d=="min" && v<b) || (d=="max" && v>b))}' && verdict=short
  [ $verdict = ok ] || worst=1
  echo "figure name=$1 value=$2 unit=$3 bar=$4 $verdict"
}
cpu_ticks() { awk '{print $14+$15}' "/proc/$1/stat"; }

say "preparing the peers"
[ -d "$here/node_modules" ] || (cd "$here" && npm install --no-save --no-package-lock >"$work/npm.log" 2>&1) || { cat "$work/npm.log" >&2; exit 1; }

nginx_port=$(free_port)
cat >"$work/nginx.conf" <<EOF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 100000000; client_body_temp_path $work/b; proxy_temp_path $work/p;
  fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$nginx_port; location / { default_type application/json; return 200 '{"ok":true}'; } } }
EOF
nginx -c "$work/nginx.conf" -p "$work" & pids+=($!); nginx_pid=$!
express_port=$(free_port); (cd "$here" && exec node peer.mjs express "$express_port" "$work/express.sqlite") & pids+=($!)
fastify_port=$(free_port); (cd "$here" && exec node peer.mjs fastify "$fastify_port" "$work/fastify.sqlite") & pids+=($!)

gateway() { # NAME PORT WRITE_BEHIND
  mkdir -p "$work/$1"
  (cd "$root" && SCS_NO_BUILD=1 SCS_GATEWAY_JAVA_OPTS="${SCS_GATEWAY_JAVA_OPTS:--Xmx256m -XX:+UseSerialGC}" exec ./scs gateway --data "$work/$1" \
    --station-port "$2" --set "solutions.itms.scs.station/write.behind=$3") >"$work/$1.out" 2>"$work/$1.err" &
  pids+=($!)
}
durable_port=$(free_port); gateway durable "$durable_port" 0; durable_pid=$!
default_port=$(free_port); gateway default "$default_port" 5
for port in "$nginx_port" "$express_port" "$fastify_port"; do await "http://127.0.0.1:$port/hb"; done
for port in "$durable_port" "$default_port"; do await "http://127.0.0.1:$port/time"; done

echo "conditions: $(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $(uname -r); $(java -version 2>&1 | head -n 1); node $(node --version); $(nginx -v 2>&1); wrk, 2 threads, 64 connections, 200 devices, gateway -Xmx256m with the serial collector, $rounds rounds of $seconds s each, client and server on the same cores; SQLite on $(df --output=fstype "$work" | tail -n 1), durable = WAL, synchronous FULL, commit before the answer"

load() { # PORT CONNECTIONS SCRIPT -> "req/s p50 p99 errors"
  wrk -t$(( $2 < 2 ? 1 : 2 )) -c"$2" -d"${seconds}s" -s "$here/$3" "http://127.0.0.1:$1" | sed -n 's/^RESULT //p'
}
# the compilers have to have seen the code before it is measured
for port in "$express_port" "$fastify_port" {"$durable_port","$default_port"}{,,,}; do load "$port" 64 heartbeat.lua >/dev/null; done
for round in $(seq "$rounds"); do
  for name in nginx express fastify durable default; do
    port_name=${name}_port
    before=$( [ $name = durable ] && cpu_ticks "$durable_pid" || echo 0 )
    result=$(load "${!port_name}" 64 heartbeat.lua)
    say "round $round $name: $result (req/s, p50 ms, p99 ms, errors)"
    echo "$result" >>"$work/$name.results"
    [ $name != durable ] || echo "$(( $(cpu_ticks "$durable_pid") - before )) $result" >>"$work/cpu"
  done
  load "$durable_port" 1 heartbeat.lua >>"$work/single.results"
  load "$durable_port" 8 bulk.lua >>"$work/bulk.results"
done
column() { awk -v c="$2" '{print $c}' "$work/$1.results" | median; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a/b}'; }
for name in nginx express fastify durable default; do echo "$name: $(column $name 1) req/s, p50 $(column $name 2) ms, p99 $(column $name 3) ms"; done
errors=$(cat "$work"/*.results | awk '{s+=$4} END {print s}')

say "writes to the disk at 20 heartbeats/s for $flash_seconds s"
# on a file system of its own where that can be made: nobody else writes there
image="" flash_dir=$work/flash
mkdir -p "$flash_dir"
if truncate -s 256M "$work/image" && mkfs.ext4 -q "$work/image" 2>/dev/null && mount -o loop "$work/image" "$flash_dir" 2>/dev/null; then
  image=yes
fi
device=$(df --output=source "$flash_dir" | tail -n 1 | xargs basename)
written() { awk -v d="$device" '$3==d {printf "%.0f\n", $10*512}' /proc/diskstats; }
flash_port=$(free_port); gateway flash "$flash_port" 5; flash_pid=$!
await "http://127.0.0.1:$flash_port/time"
beats() { # SECONDS: 20 heartbeats a second of 200 devices, each with its own time
  node -e '
    const [port, seconds] = process.argv.slice(1); let n = 0;
    const http = require("http"); const agent = new http.Agent({keepAlive: true, maxSockets: 4});
    const timer = setInterval(() => {
      const id = n++ % 200;
      const request = http.request({port, host: "127.0.0.1", path: "/hb", method: "POST", agent}, r => r.resume());
      request.end(JSON.stringify({id: `G${Math.floor(id/10)}-${String(id%10).padStart(2,"0")}`, ip: `192.168.1.${id+1}`, gateId: `G${Math.floor(id/10)}`, side: "north", type: "entry-reader", status: "online", ts: new Date().toISOString(), message: "optional"}));
      if (n >= seconds * 20) { clearInterval(timer); setTimeout(() => process.exit(), 500); }
    }, 50);' "$flash_port" "$1"
}
beats 45 # all devices are known, and what the start writes, Equinox's state after 30 s among it, is written
sync; before=$(written)
beats "$flash_seconds"
sync; after=$(written)
flash_default=$(awk -v b=$((after - before)) -v s="$flash_seconds" 'BEGIN {printf "%.3f", b * 86400 / s / 1e9}')
echo "disk writes from /proc/diskstats of $device, ext4 and its journal included$([ -n "$image" ] && echo "; nothing else is on that file system" || echo "; whatever else writes to it is contained")"
kill "$flash_pid"; wait "$flash_pid" 2>/dev/null || true

echo "durable server: RSS $(awk '/VmRSS/ {print int($2/1024)}' "/proc/$durable_pid/status") MB, CPU per request $(awk -v s="$seconds" '{printf "%.1f\n", $1*10000/($2*s)}' "$work/cpu" | median) us"
figure station_durable_vs_nginx "$(ratio "$(column durable 1)" "$(column nginx 1)")" x 0.35 min
figure station_durable_vs_express "$(ratio "$(column durable 1)" "$(column express 1)")" x 10 min
figure station_durable_vs_fastify "$(ratio "$(column durable 1)" "$(column fastify 1)")" x 4 min
figure station_default_vs_nginx "$(ratio "$(column default 1)" "$(column nginx 1)")" x 0.55 min
figure station_durable_p99 "$(column durable 3)" ms 7 max
figure station_single_connection_p50 "$(column single 2)" ms 0.45 max
figure station_bulk_durable "$(awk -v r="$(column bulk 1)" 'BEGIN {print r*100}')" heartbeats/s 200000 min
figure station_disk_writes_at_20_per_second "$flash_default" GB/day 0.4 max
figure station_errors "$errors" requests 0 max
exit $worst

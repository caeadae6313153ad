-- One heartbeat of document 004, of 200 devices in turn, each with a time of its own: a row that does not change would
-- cost the database nothing.
local counter = 0
local threads = 0
function setup(thread)
  thread:set("offset", threads * 1000003)
  threads = threads + 1
end
function request()
  counter = counter + 1
  local n = (counter + offset) % 200
  local second = math.floor((counter + offset) / 200)
  local body = string.format(
    '{"id":"G%d-%02d","ip":"192.168.1.%d","gateId":"G%d","side":"north","type":"entry-reader","status":"online","ts":"2025-08-14T%02d:%02d:%02dZ","message":"optional"}',
    math.floor(n / 10), n % 10, n + 1, math.floor(n / 10), math.floor(second / 3600) % 24, math.floor(second / 60) % 60, second % 60)
  return wrk.format("POST", "/hb", {["Content-Type"] = "application/json"}, body)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %.0f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end

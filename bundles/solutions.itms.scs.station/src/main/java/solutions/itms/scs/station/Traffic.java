package solutions.itms.scs.station;

/** Classes of requests: each has its own rate limit, and control its own list of who may send it. */
enum Traffic {
    HEARTBEAT,
    READ,
    CONTROL
}

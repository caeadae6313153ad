package solutions.itms.scs.station;

/** A clock that never jumps, for measuring how long something lasts: {@link System#nanoTime} outside tests. */
@FunctionalInterface
interface Ticker {
    long nanos();
}

package solutions.itms.scs.station;

import java.net.InetAddress;
import java.time.Clock;
import java.util.function.Predicate;

/**
 * What a station finds where it runs.
 *
 * @param clock the time of day
 * @param ticker the clock that never jumps
 * @param loopback recognises requests that come from this host itself
 * @param ours recognises the addresses of this host
 * @param reference tells how far the time of day is off
 */
record Surroundings(
        Clock clock,
        Ticker ticker,
        Predicate<InetAddress> loopback,
        Predicate<InetAddress> ours,
        ReferenceTime reference) {}

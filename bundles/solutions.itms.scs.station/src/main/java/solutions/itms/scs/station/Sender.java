package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * Who has sent heartbeats.
 *
 * @param address in canonical form; null when it is no IP address
 * @param loopback whether it is on this host, as a tool or a relay is
 * @param bulk whether it sent many in one request, as a concentrator does
 */
record Sender(@Nullable String address, boolean loopback, boolean bulk) {
    /** Whether the gate itself is at the other end, as far as can be told. */
    boolean isGate() {
        return address != null && !loopback && !bulk;
    }
}

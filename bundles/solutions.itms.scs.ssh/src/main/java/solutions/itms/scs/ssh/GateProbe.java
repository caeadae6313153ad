package solutions.itms.scs.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import solutions.itms.scs.api.gate.GateAddress;

/** Probes a gate over one connection, level by level. Thread-safe. */
final class GateProbe {
    private static final int MAX_OUTPUT = 64 * 1024;

    private final GateConnections connections;
    private final String command;
    private final Duration deadline;
    private final Clock clock;

    /**
     * @param command run once logged in
     * @param deadline longest time of a probe
     */
    GateProbe(GateConnections connections, String command, Duration deadline, Clock clock) {
        this.connections = connections;
        this.command = command;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** Probes one gate; blocks until the deadline at most. */
    ProbeResult probe(GateAddress gate) {
        return probe(gate, deadline);
    }

    /** Probes one gate; blocks until the deadline at most, or until the limit when that is shorter. */
    ProbeResult probe(GateAddress gate, Duration limit) {
        Instant begun = clock.instant();
        try (GateConnection connection = connections.open(gate, limit.compareTo(deadline) < 0 ? limit : deadline)) {
            try {
                Vitals vitals = ask(gate, connection);
                return new ProbeResult(gate.id(), begun, connection.millis(), null, null, vitals);
            } catch (GateFailure e) {
                return new ProbeResult(gate.id(), begun, connection.millis(), e.level(), e.reason(), Vitals.NONE);
            }
        }
    }

    private Vitals ask(GateAddress gate, GateConnection connection) throws GateFailure {
        connection.connect();
        if (!connections.canLogIn(gate.id())) {
            return Vitals.NONE;
        }
        connection.login();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int status = connection.probe(command, (bytes, length) -> {
            printed.write(bytes, 0, length);
            if (printed.size() > MAX_OUTPUT) {
                throw new IOException("the command prints more than " + MAX_OUTPUT + " bytes");
            }
        });
        if (connection.isOver()) {
            throw new GateFailure(Level.COMMAND, connection.late());
        }
        if (status > 0) {
            throw new GateFailure(Level.COMMAND, "the command ended with status " + status);
        }
        connection.reached(Level.COMMAND);
        return Vitals.parse(printed.toString(StandardCharsets.UTF_8), clock.instant());
    }
}

package solutions.itms.scs.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One fare gate that sends heartbeats as section 6.1.1 of the station interface asks. Thread-safe. */
public final class SimulatedGate {
    private static final Pattern OPERATION = Pattern.compile("\"operation\":\"([a-z_]+)\"");

    private final String id;
    private final String firstId;
    private final String ip;
    private final String gateId;
    private final String side;
    private final GateClient client;
    private final Clock clock;
    private volatile String status = "online";
    private volatile GateFault fault = GateFault.NONE;
    private volatile @Nullable String operation;

    /**
     * @param id device id, such as {@code G1-01}
     * @param firstId the id that it sends under when it has a double
     * @param ip the address that it reports
     * @param side {@code north} or {@code south}
     */
    SimulatedGate(String id, String firstId, String ip, String gateId, String side, GateClient client, Clock clock) {
        this.id = id;
        this.firstId = firstId;
        this.ip = ip;
        this.gateId = gateId;
        this.side = side;
        this.client = client;
        this.clock = clock;
    }

    /** Its device id. */
    public String id() {
        return id;
    }

    /** From now on it reports this status. */
    public void report(String newStatus) {
        status = newStatus;
    }

    /** From now on it misbehaves in this way. */
    public void misbehave(GateFault newFault) {
        fault = newFault;
    }

    /** What the station has told it to do, when it asked last; null when nothing, or when it has never asked. */
    public @Nullable String operation() {
        return operation;
    }

    /**
     * Sends one heartbeat, as its fault allows.
     *
     * @return the HTTP status of the answer; 0 when nothing complete was sent
     */
    public CompletableFuture<Integer> beat() {
        return switch (fault) {
            case SILENT -> CompletableFuture.completedFuture(0);
            case HALF_OPEN -> post(GateClient.Manner.HALF);
            case SLOW -> post(GateClient.Manner.SLOW);
            default -> post(GateClient.Manner.WHOLE);
        };
    }

    /** Asks what it is to do. */
    public CompletableFuture<Integer> poll() {
        String request = "GET /operation/" + id + " HTTP/1.1\r\nHost: station\r\nConnection: close\r\n\r\n";
        return client.send(request, GateClient.Manner.WHOLE).thenApply(answer -> {
            Matcher found = OPERATION.matcher(answer.body());
            operation = found.find() ? found.group(1) : null;
            return answer.status();
        });
    }

    private CompletableFuture<Integer> post(GateClient.Manner manner) {
        String body = body();
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String request = "POST /hb HTTP/1.1\r\nHost: station\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n" + body;
        return client.send(request, manner).thenApply(GateClient.Answer::status);
    }

    private String body() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant ts = fault == GateFault.CLOCK_AHEAD ? now.plus(1, ChronoUnit.HOURS) : now;
        String time = fault == GateFault.NO_CLOCK ? "" : ",\"ts\":\"" + ts + "\"";
        String reported = fault == GateFault.WRONG_STATUS ? "asleep" : status;
        String name = fault == GateFault.DUPLICATE_ID ? firstId : id;
        String json = "{\"id\":\"" + name + "\",\"ip\":\"" + ip + "\",\"status\":\"" + reported + "\"" + time
                + ",\"gateId\":\"" + gateId + "\",\"side\":\"" + side + "\",\"type\":\"reader\"}";
        return fault == GateFault.MALFORMED ? json.substring(0, json.length() / 2) : json;
    }
}

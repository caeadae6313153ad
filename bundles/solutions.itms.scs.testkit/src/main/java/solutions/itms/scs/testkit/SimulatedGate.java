package solutions.itms.scs.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One fare gate that sends heartbeats as section 6.1.1 of the station interface asks. Thread-safe. */
public final class SimulatedGate implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String id;
    private final String ip;
    private final String gateId;
    private final String side;
    private final URI station;
    private final HttpClient http;
    private final Clock clock;
    private final List<Socket> halfOpen = new ArrayList<>();
    private volatile String status = "online";
    private volatile GateFault fault = GateFault.NONE;

    /**
     * @param id device id, such as {@code G1-01}
     * @param ip the address that it reports
     * @param side {@code north} or {@code south}
     * @param station base URL of the heartbeat server
     */
    public SimulatedGate(String id, String ip, String gateId, String side, URI station, HttpClient http, Clock clock) {
        this.id = id;
        this.ip = ip;
        this.gateId = gateId;
        this.side = side;
        this.station = station;
        this.http = http;
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

    /**
     * Sends one heartbeat, as its fault allows.
     *
     * @return the HTTP status of the answer; 0 when nothing complete was sent
     */
    public CompletableFuture<Integer> beat() {
        return switch (fault) {
            case SILENT -> CompletableFuture.completedFuture(0);
            case HALF_OPEN -> sendHalf();
            default -> post(body());
        };
    }

    private String body() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant ts = fault == GateFault.CLOCK_AHEAD ? now.plus(1, ChronoUnit.HOURS) : now;
        String time = fault == GateFault.NO_CLOCK ? "" : ",\"ts\":\"" + ts + "\"";
        String reported = fault == GateFault.WRONG_STATUS ? "asleep" : status;
        String json = "{\"id\":\"" + id + "\",\"ip\":\"" + ip + "\",\"status\":\"" + reported + "\"" + time
                + ",\"gateId\":\"" + gateId + "\",\"side\":\"" + side + "\",\"type\":\"reader\"}";
        return fault == GateFault.MALFORMED ? json.substring(0, json.length() / 2) : json;
    }

    private CompletableFuture<Integer> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(station.resolve("/hb"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private CompletableFuture<Integer> sendHalf() {
        try {
            Socket socket = new Socket(station.getHost(), station.getPort());
            socket.getOutputStream()
                    .write("POST /hb HTTP/1.1\r\nHost: station\r\nContent-Length: 500\r\n\r\n{\"id\":"
                            .getBytes(StandardCharsets.US_ASCII));
            synchronized (halfOpen) {
                halfOpen.add(socket);
            }
            return CompletableFuture.completedFuture(0);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Closes the connections that its faults left open. */
    @Override
    public void close() throws IOException {
        synchronized (halfOpen) {
            for (Socket socket : halfOpen) {
                socket.close();
            }
            halfOpen.clear();
        }
    }
}

package solutions.itms.scs.server.command;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.SigningKey;

/**
 * A gateway with a journal, as the real one: each id is carried out once, results are kept until they are confirmed.
 * What it tells waits until the test delivers it, or loses it.
 */
final class FakeGateway {
    private final SigningKey key;

    /** The journal: survives a kill. */
    private final Map<String, GatewayState> states = new LinkedHashMap<>();

    private final Map<String, String> results = new LinkedHashMap<>();

    /** How often the world was changed, by command. */
    final Map<String, Integer> effects = new HashMap<>();

    /** The order in which commands of the one target were begun. */
    final List<String> begun = new ArrayList<>();

    private final Deque<Report> reports = new ArrayDeque<>();

    /** Something on its way to the server. */
    record Report(CommandReports.Kind kind, String id, byte[] body) {}

    FakeGateway(SigningKey key) {
        this.key = key;
    }

    /** Takes a command; a second time it tells only what came of the first. */
    void deliver(String jws, Instant now) throws Exception {
        // that a real one verifies the signature is tested with the real one; here it would take most of the time
        byte[] payload = Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]);
        Map<String, ?> envelope = JsonText.readObject(payload, payload.length);
        String id = String.valueOf(envelope.get("id"));
        Instant expiresAt = Instant.ofEpochMilli((Long) envelope.get("expiresAt"));
        GatewayState known = states.get(id);
        if (known != null) {
            if (known.isFinal()) {
                tell(CommandReports.Kind.RESULT, id, bytes(results.computeIfAbsent(id, unused -> cancelled(id))));
            }
            return;
        }
        if (!now.isBefore(expiresAt)) {
            return;
        }
        states.put(id, GatewayState.QUEUED);
        tell(CommandReports.Kind.ACK, id, new CommandReport.Ack(id, GatewayState.QUEUED, now).encode());
    }

    /** Begins what waits longest. */
    void begin(Instant now) {
        states.entrySet().stream()
                .filter(entry -> entry.getValue() == GatewayState.QUEUED)
                .findFirst()
                .ifPresent(entry -> {
                    entry.setValue(GatewayState.RUNNING);
                    begun.add(entry.getKey());
                    tell(
                            CommandReports.Kind.ACK,
                            entry.getKey(),
                            new CommandReport.Ack(entry.getKey(), GatewayState.RUNNING, now).encode());
                });
    }

    void progress(int percent, Instant now) {
        running()
                .ifPresent(id -> tell(
                        CommandReports.Kind.PROGRESS, id, new CommandReport.Progress(id, percent, "", now).encode()));
    }

    /** Ends what runs: with an effect if it works. */
    void end(boolean works, Instant now) {
        running().ifPresent(id -> {
            if (works) {
                effects.merge(id, 1, Integer::sum);
                end(id, new CommandReport.Result(id, GatewayState.SUCCESS, now, now, Map.of(), null, List.of()));
            } else {
                end(
                        id,
                        new CommandReport.Result(
                                id,
                                GatewayState.FAILED,
                                now,
                                now,
                                null,
                                new Failure(ErrorCode.INTERNAL, "no", Failure.RUN),
                                List.of()));
            }
        });
    }

    /** Stops what has not begun, forestalls what has not come; what runs goes on. @return Kura's answer */
    int cancel(String id) {
        GatewayState state = states.get(id);
        if (state == GatewayState.QUEUED) {
            states.put(id, GatewayState.CANCELLED);
            results.put(id, cancelled(id));
            tell(CommandReports.Kind.RESULT, id, bytes(results.get(id)));
        } else if (state == null) {
            states.put(id, GatewayState.CANCELLED);
            return 404;
        }
        return 200;
    }

    /** Everything on the way is lost; what was interrupted failed; results wait in the journal. */
    void kill(Instant now) {
        reports.clear();
        running()
                .ifPresent(id -> end(
                        id,
                        new CommandReport.Result(
                                id,
                                GatewayState.FAILED,
                                now,
                                now,
                                null,
                                new Failure(ErrorCode.INTERRUPTED, "killed", Failure.RUN),
                                List.of())));
        reports.clear();
    }

    CommandReport.Pull pull(Instant now) {
        return new CommandReport.Pull("r", List.of(), states, now);
    }

    /** Tells every result that was not confirmed. */
    void repeat() {
        results.forEach((id, jws) -> tell(CommandReports.Kind.RESULT, id, bytes(jws)));
    }

    void confirmed(String id) {
        results.remove(id);
    }

    Report next() {
        return reports.poll();
    }

    /** Puts something back, so that it comes again. */
    void again(Report report) {
        reports.add(report);
    }

    boolean hasReports() {
        return !reports.isEmpty();
    }

    boolean hasResults() {
        return !results.isEmpty();
    }

    private java.util.Optional<String> running() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue() == GatewayState.RUNNING)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void end(String id, CommandReport.Result result) {
        states.put(id, result.status());
        results.put(id, result.sign(key));
        tell(CommandReports.Kind.RESULT, id, bytes(results.get(id)));
    }

    private String cancelled(String id) {
        return new CommandReport.Result(
                        id,
                        GatewayState.CANCELLED,
                        null,
                        Instant.EPOCH,
                        null,
                        new Failure(ErrorCode.CANCELLED, "cancelled", Failure.QUEUE),
                        List.of())
                .sign(key);
    }

    private void tell(CommandReports.Kind kind, String id, byte[] body) {
        reports.add(new Report(kind, id, body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}

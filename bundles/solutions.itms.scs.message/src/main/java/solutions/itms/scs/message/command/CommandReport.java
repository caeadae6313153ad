package solutions.itms.scs.message.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;

/**
 * What a gateway says of commands. Each is JSON, in the body of a Kura payload on {@code command/<id>/ack}, {@code
 * progress}, {@code result} or on {@code command/pull}, and as it is over HTTPS; a result is a JWS of it. Times are in
 * whole milliseconds, by the gateway's clock.
 */
public sealed interface CommandReport {
    /** The values of a result, as JSON, may have so many bytes; more belongs into an artifact. */
    int MAX_RESULT_BYTES = 64 * 1024;

    /** Any other report has at most so many bytes. */
    int MAX_REPORT_BYTES = 256 * 1024;

    /** Its form in JSON. */
    Map<String, @Nullable Object> toJson();

    /** The JSON as UTF-8. */
    default byte[] encode() {
        return JsonText.write(toJson());
    }

    /** The state that a command has at the gateway; more than one may be left out, as a result says all. */
    record Ack(String id, GatewayState state, Instant at) implements CommandReport {
        @Override
        public Map<String, @Nullable Object> toJson() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("state", state.name());
            json.put("at", at.toEpochMilli());
            return json;
        }

        public static Ack read(byte[] body) throws CommandRefusedException {
            Members in = open(body);
            Ack ack = new Ack(in.id("id"), readState(in, "state"), in.time("at"));
            in.end();
            return ack;
        }
    }

    /**
     * How far a running command has come.
     *
     * @param percent 0 to 100
     * @param text what is being done, for people; at most 256 characters, may be empty
     */
    record Progress(String id, int percent, String text, Instant at) implements CommandReport {
        public static final int MAX_TEXT = 256;

        @Override
        public Map<String, @Nullable Object> toJson() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("percent", (long) percent);
            if (!text.isEmpty()) {
                json.put("text", text);
            }
            json.put("at", at.toEpochMilli());
            return json;
        }

        public static Progress read(byte[] body) throws CommandRefusedException {
            Members in = open(body);
            String text = in.optionalText("text", MAX_TEXT);
            Progress progress = new Progress(
                    in.id("id"), (int) in.number("percent", 0, 100), text == null ? "" : text, in.time("at"));
            in.end();
            return progress;
        }
    }

    /**
     * What came of a command; never changes.
     *
     * @param status a final state
     * @param startedAt when it began to run; null when it never did
     * @param result the values of a success; null else
     * @param error why it was no success; null else
     * @param artifacts the files it made
     */
    record Result(
            String id,
            GatewayState status,
            @Nullable Instant startedAt,
            Instant endedAt,
            @Nullable Map<String, @Nullable Object> result,
            @Nullable Failure error,
            List<Artifact> artifacts)
            implements CommandReport {
        private static final int MAX_ARTIFACTS = 20;

        public Result {
            artifacts = List.copyOf(artifacts);
            if (!status.isFinal()) {
                throw new IllegalArgumentException(status + " is not final");
            }
        }

        @Override
        public Map<String, @Nullable Object> toJson() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("status", status.name());
            if (startedAt != null) {
                json.put("startedAt", startedAt.toEpochMilli());
            }
            json.put("endedAt", endedAt.toEpochMilli());
            if (result != null) {
                json.put("result", result);
            }
            if (error != null) {
                json.put("error", error.toJson());
            }
            if (!artifacts.isEmpty()) {
                json.put("artifacts", artifacts.stream().map(Artifact::toJson).toList());
            }
            return json;
        }

        /** As it goes over the wire; the id of the key is the gateway's id, {@code #} and a number. */
        public String sign(SigningKey key) {
            return Jws.sign(key, encode());
        }

        /** Verifies and reads a result. The ring must hold keys of the gateway alone that the command was for. */
        public static Result open(KeyRing ring, String jws) throws CommandRefusedException {
            Members in = CommandReport.open(Jws.verify(ring, jws).payload());
            List<Artifact> artifacts = new ArrayList<>();
            String id = in.id("id");
            GatewayState status = readState(in, "status");
            if (!status.isFinal()) {
                throw Members.wrong("status", "must be a final state");
            }
            for (Object artifact : in.has("artifacts") ? in.list("artifacts", MAX_ARTIFACTS) : List.of()) {
                if (!(artifact instanceof Map<?, ?> map)) {
                    throw Members.wrong("artifacts", "must be a list of objects");
                }
                artifacts.add(Artifact.of(JsonText.members(map)));
            }
            Result result = new Result(
                    id,
                    status,
                    in.optionalTime("startedAt"),
                    in.time("endedAt"),
                    in.has("result") ? in.object("result") : null,
                    in.has("error") ? Failure.of(in.object("error")) : null,
                    artifacts);
            in.end();
            return result;
        }
    }

    /**
     * What the gateway has and can do, sent on every connect: "send what is pending".
     *
     * @param registry the revision of the gateway's registry
     * @param available the commands that it has something for
     * @param commands the last state of each command that is not final, or whose result was not confirmed, and of the
     *     latest others: id → state; at most {@link #MAX_COMMANDS}
     */
    record Pull(String registry, List<String> available, Map<String, GatewayState> commands, Instant at)
            implements CommandReport {
        public static final int MAX_COMMANDS = 2_000;

        private static final int MAX_AVAILABLE = 500;

        public Pull {
            available = List.copyOf(available);
            commands = Map.copyOf(commands);
        }

        @Override
        public Map<String, @Nullable Object> toJson() {
            Map<String, @Nullable Object> states = new TreeMap<>();
            commands.forEach((id, state) -> states.put(id, state.name()));
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("registry", registry);
            json.put("available", available);
            json.put("commands", states);
            json.put("at", at.toEpochMilli());
            return json;
        }

        public static Pull read(byte[] body) throws CommandRefusedException {
            Members in = open(body);
            List<String> available = new ArrayList<>();
            for (Object name : in.list("available", MAX_AVAILABLE)) {
                if (!(name instanceof String text)) {
                    throw Members.wrong("available", "must be a list of texts");
                }
                available.add(text);
            }
            Map<String, @Nullable Object> states = in.object("commands");
            if (states.size() > MAX_COMMANDS) {
                throw Members.wrong("commands", "must have at most " + MAX_COMMANDS + " members");
            }
            Members entries = new Members(states);
            Map<String, GatewayState> commands = new LinkedHashMap<>();
            for (String id : states.keySet()) {
                commands.put(id, readState(entries, id));
            }
            Pull pull = new Pull(in.text("registry", 64), available, commands, in.time("at"));
            in.end();
            return pull;
        }
    }

    private static Members open(byte[] body) throws CommandRefusedException {
        try {
            return new Members(JsonText.readObject(body, MAX_REPORT_BYTES));
        } catch (MalformedPayloadException e) {
            throw new CommandRefusedException(ErrorCode.MALFORMED, "the report is " + e.getMessage());
        }
    }

    private static GatewayState readState(Members in, String name) throws CommandRefusedException {
        return GatewayState.of(in.text(name, 32)).orElseThrow(() -> Members.wrong(name, "must be a state"));
    }
}

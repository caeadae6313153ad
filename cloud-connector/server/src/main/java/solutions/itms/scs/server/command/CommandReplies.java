package solutions.itms.scs.server.command;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * The answers of gateways to requests. They are not signed, so that no state ends by one: a refusal is shown, and what
 * is not true is mended by the signed result. Thread-safe.
 */
public final class CommandReplies {
    /** Where the answers come. */
    public static final String SUBSCRIPTION = "$share/scs/" + Topics.CONTROL_PREFIX + "/+/" + OutgoingMessages.REQUESTER
            + "/" + Envelope.APP_ID + "/REPLY/+";

    private static final int MAX_BODY = 256 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Database database;
    private final CommandTable table;
    private final Consumer<Changes> changed;
    private final Clock clock;
    private final ScarceLog log;

    CommandReplies(Database database, CommandTable table, Consumer<Changes> changed, Clock clock) {
        this.database = database;
        this.table = table;
        this.changed = changed;
        this.clock = clock;
        this.log = new ScarceLog(LoggerFactory.getLogger(CommandReplies.class), clock);
    }

    /** Takes an answer. */
    public void take(String topic, byte[] payload) {
        String requestId = Topics.parse(topic)
                .filter(parts -> parts.path().size() == 2)
                .map(parts -> parts.path().get(1))
                .orElse("");
        try {
            Payload answer = Payloads.decode(payload);
            Long code = answer.number("response.code");
            if (code == null) {
                return;
            }
            if (requestId.startsWith(OutgoingMessages.CANCEL)) {
                ofCancel(requestId.substring(OutgoingMessages.CANCEL.length()), code);
            } else if (requestId.startsWith(OutgoingMessages.SUBMIT) && code >= BAD_REQUEST) {
                ofSubmit(requestId.substring(OutgoingMessages.SUBMIT.length()), failure(answer, code));
            }
        } catch (MalformedPayloadException e) {
            log.warn("an answer", "can't be read: " + e.getMessage());
        }
    }

    private record Failure(String code, String message) {}

    private void ofCancel(String id, long code) {
        if (code != NOT_FOUND && code != CONFLICT) {
            return;
        }
        Changes changes = new Changes();
        database.write(transaction -> {
            Command command = CommandTable.find(transaction, id);
            if (command == null) {
                return 0;
            }
            Cause cause = Cause.gateway(command.gatewayId(), clock.instant());
            // a gateway that did not know it will not carry it out any more; sent again, it says so under its signature
            CommandEvent event =
                    code == NOT_FOUND ? new CommandEvent.CancelUnknown() : new CommandEvent.CancelRefused();
            Outcome outcome = table.apply(transaction, command, event, cause, new Values());
            if (outcome.send() != Outcome.Send.NOTHING) {
                changes.outgoing(command.gatewayId());
            }
            changes.command(id);
            return 1;
        });
        changed.accept(changes);
    }

    private void ofSubmit(String id, Failure failure) {
        Changes changes = new Changes();
        database.write(transaction -> {
            Command command = CommandTable.find(transaction, id);
            if (command == null || command.state().isFinal()) {
                return 0;
            }
            Cause cause = Cause.gateway(command.gatewayId(), clock.instant());
            table.write(
                    transaction,
                    command,
                    new Values()
                            .with("refused_code", failure.code())
                            .with("refused_message", failure.message())
                            .with("refused_at_ms", cause.at()));
            CommandTable.note(transaction, command, "command.not_taken", cause, Map.of("code", failure.code()));
            changes.command(id);
            return 1;
        });
        changed.accept(changes);
    }

    private static Failure failure(Payload answer, long code) {
        byte @Nullable [] body = answer.body();
        if (body != null) {
            try {
                Map<String, @Nullable Object> json = JsonText.readObject(body, MAX_BODY);
                if (json.get("error") instanceof Map<?, ?> error) {
                    return new Failure(
                            clip(String.valueOf(error.get("code"))), clip(String.valueOf(error.get("message"))));
                }
            } catch (MalformedPayloadException e) {
                // the code alone then
            }
        }
        return new Failure(
                Long.toString(code), text(answer).map(CommandReplies::clip).orElse(""));
    }

    private static Optional<String> text(Payload answer) {
        try {
            return Optional.ofNullable(answer.text("response.exception.message"));
        } catch (MalformedPayloadException e) {
            return Optional.empty();
        }
    }

    private static String clip(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500);
    }
}

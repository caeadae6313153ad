package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;

/** Makes Kura requests of commands: signed envelopes, and cancels. Thread-safe. */
public final class OutgoingMessages {
    /** The requester in Kura's requests; no gateway can have this id. */
    public static final String REQUESTER = "$scs-server";

    /** What the ids of requests begin with, before the command's. */
    static final String CANCEL = "del-";

    static final String SUBMIT = "exec-";

    private static final Logger LOGGER = LoggerFactory.getLogger(OutgoingMessages.class);
    private static final int MAX_PARAMS_BYTES = 64 * 1024;
    private static final int REQUEST_ID_BYTES = 12;

    private final Database database;
    private final ServerKeys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OutgoingMessages(Database database, ServerKeys keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /** A message and where it goes. */
    @SuppressWarnings("ArrayRecordComponent") // sent once
    record Message(String topic, byte[] payload) {}

    /** A signed command, or why there can't be one; both are null when there is nothing to send any more. */
    record Sealed(@Nullable String jws, @Nullable EndCode failure) {
        private static Sealed failed(EndCode code) {
            return new Sealed(null, code);
        }
    }

    /** As {@link Sealed}, ready for the broker. */
    record Prepared(@Nullable Message message, @Nullable EndCode failure) {}

    /** What to send. */
    Prepared of(Outgoing outgoing, Instant now) {
        Command command = outgoing.command();
        if (outgoing.isCancel()) {
            return new Prepared(
                    message(identity(command), "DEL/commands/" + command.id(), CANCEL + command.id(), now, null), null);
        }
        Sealed sealed = seal(command, outgoing.approvedSha256(), now);
        String jws = sealed.jws();
        return new Prepared(
                jws == null
                        ? null
                        : message(
                                identity(command),
                                "EXEC/commands",
                                SUBMIT + command.id(),
                                now,
                                jws.getBytes(StandardCharsets.UTF_8)),
                sealed.failure());
    }

    /** The signed envelope, unless the command must not go out. */
    Sealed seal(Command command, @Nullable String approvedSha256, Instant now) {
        if (command.state().isFinal() || !now.isBefore(command.stand().expiresAt())) {
            return new Sealed(null, null);
        }
        Map<String, @Nullable Object> params = params(command);
        String hash = Envelope.hash(params);
        if (!hash.equals(command.paramsSha256()) || approvedSha256 != null && !hash.equals(approvedSha256)) {
            LOGGER.error("command {} is not what was asked for or approved; it is not sent", command.id());
            return Sealed.failed(EndCode.ALTERED);
        }
        SigningKey key = keys.newestOf(knownTo(command.gatewayId()));
        if (key == null) {
            return Sealed.failed(EndCode.NO_COMMAND_KEY);
        }
        Envelope envelope = new Envelope(
                command.id(),
                command.gatewayId(),
                command.target(),
                command.type(),
                params,
                command.createdAt(),
                command.stand().expiresAt(),
                command.stand().timeout().toMillis(),
                command.requestedBy(),
                command.approvedBy());
        return new Sealed(envelope.sign(key), null);
    }

    private List<String> knownTo(String gatewayId) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select kid from gateway_trust where gateway_id = ?")
                        .bind(0, gatewayId)
                        .mapTo(String.class)
                        .list());
    }

    /** Tells a gateway that it may forget these results. */
    Message confirmation(GatewayIdentity gateway, List<String> ids) {
        byte[] body = JsonText.write(Map.of("ids", ids));
        return message(gateway, "PUT/confirmed", requestId(), clock.instant(), body);
    }

    /**
     * @param requestId comes back with the answer; it holds the command's id, which nobody but the server and the
     *     gateway knows
     */
    @SuppressWarnings("NullAway") // does not see that an array of a payload may be null
    private static Message message(
            GatewayIdentity gateway, String resource, String requestId, Instant now, byte @Nullable [] body) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("request.id", requestId);
        metrics.put("requester.client.id", REQUESTER);
        String topic = Topics.CONTROL_PREFIX + "/" + gateway.account() + "/" + gateway.id() + "/" + Envelope.APP_ID
                + "/" + resource;
        return new Message(topic, PayloadCodec.encode(new Payload(now, null, metrics, body)));
    }

    private static GatewayIdentity identity(Command command) {
        return new GatewayIdentity(command.gatewayId(), command.account());
    }

    private String requestId() {
        byte[] bytes = new byte[REQUEST_ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, @Nullable Object> params(Command command) {
        try {
            return JsonText.readObject(command.params().getBytes(StandardCharsets.UTF_8), MAX_PARAMS_BYTES);
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException("the parameters of command " + command.id() + " are no JSON", e);
        }
    }
}

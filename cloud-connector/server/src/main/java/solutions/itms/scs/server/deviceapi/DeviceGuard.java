package solutions.itms.scs.server.deviceapi;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.ops.ScarceLog;

/** Lets devices in: checks each request in a fixed order, the cheap before the dear. Thread-safe. */
public final class DeviceGuard {
    /** A nonce is remembered for longer than a timestamp is good. */
    private static final Duration NONCE = Duration.ofMillis(2 * RequestSignature.MAX_SKEW_MS + 60_000);

    private static final int MAX_AUDITED = 10;
    private static final int MAX_KEYS = 10_000;

    private final Database database;
    private final DeviceKeys keys;
    private final Clock clock;
    private final Contacts contacts;
    private final ScarceLog log;
    private final Map<String, Integer> audited = new LinkedHashMap<>();
    private long auditedMinute;

    public DeviceGuard(Database database, DeviceKeys keys, Contacts contacts, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.contacts = contacts;
        this.clock = clock;
        this.log = new ScarceLog(LoggerFactory.getLogger(DeviceGuard.class), clock);
    }

    /**
     * A request whose body has not been read.
     *
     * @param bodySha256 what the body must have, hexadecimal
     */
    public record Head(GatewayIdentity gateway, String bodySha256) {}

    /** The gateway that asks. @throws Problem if the request is not accepted, or the key is not a gateway's own */
    public GatewayIdentity check(HttpServletRequest request, byte[] body) {
        return ofGateway(caller(request, body));
    }

    /** As {@link #check}, for a body that is too large to be held: whoever reads it compares its hash. */
    public Head checkHead(HttpServletRequest request) {
        Signed signed = check(request, (String) null);
        return new Head(ofGateway(signed.caller()), signed.bodySha256());
    }

    /** Who asks. @throws Problem if the request is not accepted */
    Caller caller(HttpServletRequest request, byte[] body) {
        return check(request, RequestSignature.sha256(body)).caller();
    }

    private GatewayIdentity ofGateway(Caller caller) {
        if (caller.child() != null) {
            throw outOfScope(caller, "what only its gateway may do");
        }
        return caller.gateway();
    }

    private record Signed(Caller caller, String bodySha256) {}

    private Signed check(HttpServletRequest request, @Nullable String bodySha256) {
        SignedRequest signed = SignedRequest.of(request);
        if (signed == null) {
            throw refuse(null, null, ErrorCode.MALFORMED.text(), "A header of the signature is missing or malformed.");
        }
        String keyId = signed.signed().keyId();
        Instant now = clock.instant();
        if (Math.abs(signed.timestamp() - now.toEpochMilli()) > RequestSignature.MAX_SKEW_MS) {
            throw refuse(
                            keyId,
                            null,
                            ErrorCode.CLOCK_SKEW.text(),
                            "The time of the request is too far from the server's.")
                    .with("serverTime", now.toEpochMilli());
        }
        Verdict verdict = database.write(transaction -> verify(transaction, signed, bodySha256, now));
        DeviceKeys.Key key = verdict.key();
        if (key == null || verdict.refusal() != null) {
            throw refuse(keyId, key, String.valueOf(verdict.refusal()), verdict.text());
        }
        if (key.child() == null) {
            contacts.heard(key.device());
        }
        return new Signed(
                new Caller(new GatewayIdentity(key.device(), key.account()), key.child()),
                signed.signed().bodySha256());
    }

    /** Tells the audit that a device wanted what is not its own. */
    public Problem outOfScope(GatewayIdentity gateway, String what) {
        return outOfScope(new Caller(gateway, null), what);
    }

    /** Tells the audit that a device wanted what is not its own. */
    Problem outOfScope(Caller caller, String what) {
        audit(caller.actor(), caller.gateway().id(), "out_of_scope", what);
        return new Problem(403, "out_of_scope", "Not allowed", "This key is not for that device.");
    }

    /** Forgets nonces that no request can use any more. */
    public void deleteExpired() {
        database.write(
                transaction -> transaction.update("delete from device_nonce where expires_at_ms < ?", clock.instant()));
    }

    private record Verdict(
            DeviceKeys.@Nullable Key key, @Nullable String refusal, String text) {}

    private Verdict verify(Transaction transaction, SignedRequest request, @Nullable String bodySha256, Instant now)
            throws java.sql.SQLException {
        DeviceKeys.Key key = keys.find(transaction, request.signed().keyId());
        if (key == null) {
            return new Verdict(null, "unknown_key", "This key is not known.");
        }
        if (key.revoked()) {
            return new Verdict(key, "revoked_key", "This key was revoked.");
        }
        if (bodySha256 != null && !bodySha256.equals(request.signed().bodySha256())) {
            return new Verdict(key, "body_altered", "The body is not the one that was signed.");
        }
        if (!key.signed(request)) {
            return new Verdict(key, ErrorCode.BAD_SIGNATURE.text(), "The signature is wrong.");
        }
        int fresh = transaction.update("""
                insert into device_nonce (key_id, nonce, expires_at_ms) values (?, ?, ?)
                on conflict (key_id, nonce) do nothing""", key.id(), request.signed().nonce(), now.plus(NONCE));
        if (fresh != 1) {
            return new Verdict(key, ErrorCode.REPLAYED.text(), "This request was sent before.");
        }
        keys.used(transaction, key, now);
        return new Verdict(key, null, "");
    }

    private Problem refuse(@Nullable String keyId, DeviceKeys.@Nullable Key key, String code, String text) {
        String actor = keyId == null ? "device" : "key:" + clip(keyId);
        audit(actor, key == null ? null : key.device(), code, text);
        log.warn("device request with " + actor, code);
        return new Problem(401, code, "Not accepted", text);
    }

    private void audit(String actor, @Nullable String gatewayId, String code, String text) {
        if (!mayAudit(actor + " " + code)) {
            return;
        }
        AuditEntry.About about = gatewayId == null ? null : AuditEntry.About.gateway(gatewayId);
        database.write(transaction -> Audit.append(
                transaction,
                new AuditEntry(
                        clock.instant(),
                        "device.refused",
                        actor,
                        null,
                        about,
                        null,
                        null,
                        text,
                        Map.of("code", code.toLowerCase(Locale.ROOT)))));
    }

    /** A stranger must not fill the disk: some rows a minute for each key and code. */
    private boolean mayAudit(String what) {
        synchronized (audited) {
            long minute = clock.millis() / 60_000;
            if (minute != auditedMinute) {
                auditedMinute = minute;
                audited.clear();
            }
            return audited.size() < MAX_KEYS
                    && audited.merge(what, 1, Integer::sum) <= MAX_AUDITED
                    && audited.size() <= MAX_AUDITED * 10;
        }
    }

    private static String clip(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64);
    }
}

package solutions.itms.scs.message.command;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;

/**
 * One command on its way to a gateway. It goes as JWS, signed with the server's key, so that whoever owns the broker can't
 * make one.
 *
 * @param id of the command: 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param gateway the client id of the gateway that is to carry it out
 * @param target the id of the device it is about; the gateway's own for commands to the gateway
 * @param type name of the command in the registry
 * @param params its parameters, values as {@link JsonText} reads them
 * @param issuedAt when the server made it, in whole milliseconds
 * @param expiresAt when it must have begun, in whole milliseconds
 * @param timeoutMs how long it may take, from when it begins; 1 to 86,400,000 ms
 * @param requestedBy who asked for it, for the audit
 * @param approvedBy who agreed; null when nobody had to
 */
public record Envelope(
        String id,
        String gateway,
        String target,
        String type,
        Map<String, @Nullable Object> params,
        Instant issuedAt,
        Instant expiresAt,
        long timeoutMs,
        String requestedBy,
        @Nullable String approvedBy) {

    /** The version of this form. */
    public static final long VERSION = 1;

    /** The application id of commands in Kura's topics. */
    public static final String APP_ID = "SCS-CMD-V1";

    private static final long MAX_TIMEOUT_MS = 86_400_000;

    public Envelope {
        params = JsonText.members(params);
    }

    /** The signed text. */
    public String sign(SigningKey key) {
        return Jws.sign(key, encode());
    }

    /** As JSON, without a signature; for what is kept at one's own. */
    public byte[] encode() {
        return JsonText.write(toJson());
    }

    /** Reads what {@link #encode} wrote. */
    public static Envelope read(byte[] json) throws CommandRefusedException {
        try {
            return of(JsonText.readObject(json, Jws.MAX_CHARS));
        } catch (MalformedPayloadException e) {
            throw new CommandRefusedException(ErrorCode.MALFORMED, "the command is " + e.getMessage());
        }
    }

    /** The same command with other parameters. */
    public Envelope withParams(Map<String, @Nullable Object> changed) {
        return new Envelope(
                id, gateway, target, type, changed, issuedAt, expiresAt, timeoutMs, requestedBy, approvedBy);
    }

    /** Verifies the signature and reads the command; nothing else is checked. */
    public static Envelope open(KeyRing ring, String jws) throws CommandRefusedException {
        return read(Jws.verify(ring, jws).payload());
    }

    /** SHA-256 (hex) of the canonical JSON of the parameters: an approval is bound to it. */
    public String paramsHash() {
        return hash(params);
    }

    /** As {@link #paramsHash}, of parameters that are not in an envelope yet. */
    public static String hash(Map<String, ? extends @Nullable Object> params) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(JsonText.canonical(params));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("id", id);
        json.put("gateway", gateway);
        json.put("target", target);
        json.put("type", type);
        json.put("params", params);
        json.put("issuedAt", issuedAt.toEpochMilli());
        json.put("expiresAt", expiresAt.toEpochMilli());
        json.put("timeoutMs", timeoutMs);
        json.put("requestedBy", requestedBy);
        if (approvedBy != null) {
            json.put("approvedBy", approvedBy);
        }
        return json;
    }

    private static Envelope of(Map<String, @Nullable Object> json) throws CommandRefusedException {
        Members in = new Members(json);
        in.number("v", VERSION, VERSION);
        Envelope envelope = new Envelope(
                in.id("id"),
                in.text("gateway", 255),
                in.text("target", 255),
                in.text("type", 64),
                in.object("params"),
                in.time("issuedAt"),
                in.time("expiresAt"),
                in.number("timeoutMs", 1, MAX_TIMEOUT_MS),
                in.text("requestedBy", 128),
                in.optionalText("approvedBy", 128));
        in.end();
        return envelope;
    }
}

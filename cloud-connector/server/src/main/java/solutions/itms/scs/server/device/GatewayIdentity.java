package solutions.itms.scs.server.device;

import java.util.regex.Pattern;

/**
 * Who a gateway is, on MQTT and in the database.
 *
 * @param id MQTT user name, client id and second topic level
 * @param account first topic level
 */
public record GatewayIdentity(String id, String account) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");

    /** @throws IllegalArgumentException if one of the two is not allowed; the text is for people */
    public GatewayIdentity {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a gateway's id has 1 to 64 letters, digits or . _ -" + " and does not start with . or -");
        }
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException(
                    "an account has 1 to 64 letters, digits or _ - and does not start with -");
        }
    }
}

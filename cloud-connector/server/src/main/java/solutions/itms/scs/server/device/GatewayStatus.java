package solutions.itms.scs.server.device;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How a gateway stands with the server. */
public enum GatewayStatus {
    /** Added, but it has not connected yet. */
    NEVER_SEEN,
    ONLINE,
    /** Said goodbye. */
    DISCONNECTED,
    /** Its will fired, it fell silent, or the server has not heard it since its own start. */
    MISSING;

    /** The name in the database and in the API. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GatewayStatus ofCode(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}

package solutions.itms.scs.server.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import io.javalin.security.RouteRole;
import java.util.Locale;

/** What a route needs. Who has what is in {@link Role}. */
public enum Permission implements RouteRole {
    /** Nobody has to be logged in. */
    PUBLIC,
    /** A device with its key, not a person. */
    DEVICE,
    /** To be logged in. */
    SESSION,
    /** To see devices, commands and what they came to. */
    READ,
    /** To ask for commands, and to cancel one's own. */
    COMMAND,
    /** To go without an approval in an emergency. */
    BREAK_GLASS,
    /** To approve or reject what others ask for. */
    APPROVE,
    /** To cancel what others asked for, and to stop waiting for a gateway. */
    FORCE_CANCEL,
    /** To ask for one command for many devices. */
    FLEET,
    /** To read the audit. */
    AUDIT,
    /** To manage people. */
    PEOPLE,
    /** To delete files, and to see what takes room. */
    STORAGE,
    /** To manage the keys of devices. */
    DEVICE_KEYS;

    /** The name in the API. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package solutions.itms.scs.api.command;

import java.util.Locale;

/** Why a command was not carried out. The list is part of the interface: people and programs decide by it. */
public enum FailureCode {
    /** A parameter is missing or wrong; the failure names it. */
    INVALID_PARAMETERS(true),
    /** There is no such device. */
    NOT_FOUND(true),
    /** This site does not let commands do that. */
    NOT_ALLOWED(true),
    /** It can't be done as things are, such as restoring what never was. */
    CONFLICT(true),
    /** Something that is needed does not work now; the same command may succeed later. */
    UNAVAILABLE(false),
    /** The time was over before it was done. */
    TIMEOUT(false),
    /** It was stopped because somebody asked for that. */
    CANCELLED(false),
    /** A fault of the gateway; its log tells more. */
    INTERNAL(false);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final boolean rejection;

    FailureCode(boolean rejection) {
        this.rejection = rejection;
    }

    /** As it stands in results. */
    public String text() {
        return text;
    }

    /** Whether the command was refused as it is, rather than tried in vain: sending it once more won't help. */
    public boolean isRejection() {
        return rejection;
    }
}

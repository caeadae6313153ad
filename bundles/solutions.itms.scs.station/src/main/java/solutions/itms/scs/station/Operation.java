package solutions.itms.scs.station;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a gate's aisle is to do: section 6.2 of the station interface. */
enum Operation {
    OUT_OF_SERVICE,
    INSERVICE_ENTRY,
    INSERVICE_EXIT,
    INSERVICE_BIDIRECT,
    STATION_CLOSE,
    EMERGENCY;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it stands on the wire. */
    String text() {
        return text;
    }

    /** Whether passengers can use the aisle; such an operation is remembered as the last in-service one. */
    boolean isInService() {
        return this == INSERVICE_ENTRY || this == INSERVICE_EXIT || this == INSERVICE_BIDIRECT;
    }

    /** The operation of exactly this name, or null. */
    static @Nullable Operation of(@Nullable String text) {
        for (Operation operation : values()) {
            if (operation.text.equals(text)) {
                return operation;
            }
        }
        return null;
    }
}

package solutions.itms.scs.station;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** The names, to be read by people: all of them, or those that are in service. */
    static String list(boolean inServiceOnly) {
        return Stream.of(values())
                .filter(operation -> !inServiceOnly || operation.isInService())
                .map(Operation::text)
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(),
                        names -> String.join(", ", names.subList(0, names.size() - 1)) + " or "
                                + names.get(names.size() - 1)));
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

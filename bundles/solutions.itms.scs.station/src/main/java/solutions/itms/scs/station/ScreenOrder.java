package solutions.itms.scs.station;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person at the screen wants.
 *
 * @param devices ids; null = the whole station, whichever devices it has by then
 * @param wanted what is to be done with all of them
 * @param confirmed whether the person was asked once more, and said yes
 * @param reason in the person's words
 * @param pin as entered
 */
record ScreenOrder(
        @Nullable List<String> devices,
        Wanted wanted,
        boolean confirmed,
        @Nullable String reason,
        @Nullable String pin) {

    /** Such an order is never limited. */
    boolean entersEmergency() {
        return wanted instanceof Wanted.Operate operate && operate.operation() == Operation.EMERGENCY;
    }

    /** The PIN is nobody's business. */
    @Override
    public String toString() {
        return "ScreenOrder[" + (devices == null ? "station" : devices) + ", " + wanted + "]";
    }
}

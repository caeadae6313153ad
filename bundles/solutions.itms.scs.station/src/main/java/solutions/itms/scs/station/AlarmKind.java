package solutions.itms.scs.station;

import java.util.Locale;

/** What an alarm is about. */
enum AlarmKind {
    /** A source that is not on the allow-list. */
    UNKNOWN_SOURCE(false),
    /** A source that may not send control writes, or a control write that a foreign web page may have made. */
    FORBIDDEN_CONTROL(false),
    /** A source without the shared secret. */
    UNAUTHORIZED(false),
    /** A source that sends more than it may. */
    RATE_LIMITED(false),
    /** A source that takes too long to send its requests. */
    SLOW_CLIENT(false),
    /** A source that has more connections than it may, or more of all sources than there may be. */
    TOO_MANY_CONNECTIONS(false),
    /** A control write for a device that is neither planned nor was ever heard. */
    UNKNOWN_DEVICE(true),
    /** A gate that has fallen silent. */
    GATE_SILENT(true),
    /** A gate whose clock is off. */
    CLOCK_SKEW(true),
    /** A gate with another address than planned, or than its heartbeats come from. */
    IP_MISMATCH(true),
    /** A gate whose heartbeats come from two sources. */
    TWO_SOURCES(true),
    /** A gate whose heartbeats are refused. */
    REJECTED_BEATS(true),
    /** The station's own clock is off. */
    TIME_DRIFT(false),
    /** Nobody knows whether the station's own clock is right. */
    TIME_UNKNOWN(false),
    /** Changes can't be written. */
    STORAGE(false),
    /** A damaged database was replaced by an empty one. */
    STORAGE_SET_ASIDE(false),
    /** More alarms than are kept apart. */
    MORE(false);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final boolean ofDevice;

    AlarmKind(boolean ofDevice) {
        this.ofDevice = ofDevice;
    }

    /** As it stands in messages. */
    String text() {
        return text;
    }

    /** Whether the subject of such an alarm is the id of a device. */
    boolean isOfDevice() {
        return ofDevice;
    }
}

package solutions.itms.scs.api.telemetry;

/** Classes of messages, most urgent first, with the number they have in Kura's queue (0 is the most urgent). */
public enum Priority {
    /** Life cycle and results of commands. */
    COMMAND(2),
    /** Alarms and events. */
    EVENT(3),
    /** The list of devices. */
    INVENTORY(4),
    /** States, such as a gate's. */
    STATE(5),
    /** Metrics. */
    METRICS(7);

    private final int level;

    Priority(int level) {
        this.level = level;
    }

    /** The number for Kura's {@code priority} property. */
    public int level() {
        return level;
    }
}

package solutions.itms.scs.station.log;

/** Is told when logs can't be written. Called on a thread of the log's: must not block. */
public interface LogAlarm {
    /** From now on lines are lost, or files grow beyond what they may take; said once until {@link #cleared}. */
    void raised(String text);

    /** Logs are written again. */
    void cleared(String text);
}

package solutions.itms.scs.message.command;

/** The three ways of talking to a device. */
public enum Way {
    /** A question that is answered in seconds. */
    CALL,
    /** What is to hold until it is changed; the device reads it when it does. */
    DESIRED_STATE,
    /** Work that takes a while, with progress and an end. */
    JOB
}

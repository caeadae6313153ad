package solutions.itms.scs.message.command;

/** What kind of device a command is for. */
public enum DeviceType {
    /** The gateway itself. */
    EDGE_CONTROLLER,
    CAMERA,
    NVR,
    GATE,
    RADAR,
    /** Reads number plates. */
    ANPR,
    /** A sign with changing text. */
    VMS,
    /** Counts vehicles. */
    COUNTER,
    /** Any other device in the field. */
    FIELD_DEVICE
}

package solutions.itms.scs.message.command;

/** What kind of device a command is for. */
public enum DeviceType {
    /** The gateway itself. */
    EDGE_CONTROLLER,
    CAMERA,
    NVR,
    GATE
}

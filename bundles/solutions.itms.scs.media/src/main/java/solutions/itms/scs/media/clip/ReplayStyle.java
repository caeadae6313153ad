package solutions.itms.scs.media.clip;

/** How a server is told which time is wanted. */
public enum ReplayStyle {
    /** ONVIF replay: {@code Range: clock=}, with the headers of ONVIF as far as the server takes them. */
    ONVIF,
    /** {@code Range: clock=} alone. */
    RANGE,
    /** The times are in the address already. */
    URL
}

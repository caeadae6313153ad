package solutions.itms.scs.testkit.camera;

/** What a simulated camera does wrong. */
public enum CameraFault {
    /** Takes requests and never answers. */
    HANGS,
    /** Answers after a minute. */
    ANSWERS_AFTER_A_MINUTE,
    /** Sends a hundred megabytes. */
    SENDS_100_MB,
    /** Sends one entity inside another, until memory is full. */
    SENDS_BILLION_LAUGHS,
    /** Closes each third connection without an answer. */
    DROPS_EACH_THIRD_CONNECTION,
    /** Closes every connection after its answer, without saying so. */
    CLOSES_WITHOUT_NOTICE,
    /** Closes every connection instead of answering, once it has the whole request. */
    CLOSES_INSTEAD_OF_ANSWERING,
    /** Sends a byte now and then. */
    TRICKLES,
    /** Knows no GetServices. */
    NO_GET_SERVICES,
    /** Says that it is at 127.0.0.9, port 1. */
    WRONG_ADDRESSES,
    /** Says back what it was sent when it refuses. */
    ECHOES_REQUESTS,
    /** Has no pull points. */
    NO_PULL_POINTS,
    /** Knows no Renew. */
    NO_RENEW,
    /** Knows no Stop. */
    NO_STOP,
    /** Takes relative times for something else. */
    BROKEN_RELATIVE_TIME,
    /** Answers a pull at once, with nothing. */
    PULLS_RETURN_AT_ONCE,
    /** Closes the connection of a pull instead of telling that there is nothing. */
    PULLS_ARE_CUT
}

package solutions.itms.scs.media.rtsp;

import java.io.IOException;

/** The server says no. Carries no stack: it is an answer, not a fault. */
public final class RtspFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of RTSP; 0 when what came is not RTSP
     * @param text for people; no secret
     */
    public RtspFailure(int status, String text) {
        super(text);
        this.status = status;
    }

    /** The status of RTSP; 0 when what came is not RTSP. */
    public int status() {
        return status;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

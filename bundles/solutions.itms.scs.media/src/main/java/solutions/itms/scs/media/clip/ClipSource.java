package solutions.itms.scs.media.clip;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.Trust;

/**
 * Where a recording or a live stream is.
 *
 * @param uri {@code rtsp://}, {@code rtsps://}, or {@code http://} and {@code https://} for RTSP in an HTTP tunnel; without a
 *     user
 * @param login null for a server without users
 * @param style how the server is told which time is wanted
 * @param trust which certificate the server may show; null when there is no TLS
 */
public record ClipSource(
        String uri,
        @Nullable Login login,
        ReplayStyle style,
        @Nullable Trust trust) {
    /** Without TLS. */
    public static ClipSource of(String uri, @Nullable Login login, ReplayStyle style) {
        return new ClipSource(uri, login, style, null);
    }

    /** The address alone. */
    @Override
    public String toString() {
        return uri;
    }
}

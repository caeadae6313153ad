package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import solutions.itms.scs.media.rtsp.RtspFailure;
import solutions.itms.scs.media.rtsp.Sdp;

/** Failures in words for people. */
final class Failures {
    private Failures() {}

    static MediaException of(IOException failure) {
        return new MediaException(kind(failure), words(failure), null);
    }

    private static MediaException.Kind kind(IOException failure) {
        if (failure instanceof RtspFailure refusal) {
            return switch (refusal.status()) {
                case 401, 403 -> MediaException.Kind.REFUSED;
                case 404, 454, 457 -> MediaException.Kind.NOTHING_THERE;
                case 0 -> MediaException.Kind.PROTOCOL;
                case 461 -> MediaException.Kind.UNSUPPORTED;
                default -> MediaException.Kind.REFUSED;
            };
        }
        boolean away = failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLException;
        return away ? MediaException.Kind.UNREACHABLE : MediaException.Kind.STALLED;
    }

    /** A sentence without a full stop. */
    static String words(IOException failure) {
        if (failure instanceof RtspFailure refusal) {
            return switch (refusal.status()) {
                case 401, 403 -> "the recorder does not accept the user or the password";
                case 404 -> "the recorder knows no such recording";
                case 453 -> "the recorder has not enough bandwidth left";
                case 457 -> "the recorder has nothing at that time";
                case 461 -> "the recorder sends over UDP alone; only TCP is used, where nothing is lost";
                default -> text(refusal);
            };
        }
        if (failure instanceof UnknownHostException) {
            return "the recorder's name is not known";
        }
        if (failure instanceof SSLException) {
            return "no agreement on TLS with the recorder: " + text(failure);
        }
        if (failure instanceof SocketTimeoutException || failure instanceof RtspFailure) {
            return text(failure);
        }
        return failure instanceof ConnectException || failure instanceof NoRouteToHostException
                ? "the recorder can't be reached: " + text(failure)
                : "the connection to the recorder was cut: " + text(failure);
    }

    private static String text(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    static MediaException noPictures(Sdp description) {
        String there = description.tracks().stream()
                .filter(track -> track.kind().equals("video"))
                .map(track -> track.encoding().isEmpty() ? "type " + track.type() : track.encoding())
                .collect(Collectors.joining(", "));
        return new MediaException(
                MediaException.Kind.UNSUPPORTED,
                there.isEmpty()
                        ? "the recording has no pictures"
                        : "the pictures are " + there + "; only H.264, H.265, MPEG-4 and JPEG can be put in a file",
                null);
    }
}

package solutions.itms.scs.onvif.soap;

/**
 * Who we are to a device.
 *
 * @param user empty for a device without users
 * @param password in plain text
 * @param method how to prove it
 */
public record Credentials(String user, String password, Method method) {
    /** How to prove who we are. */
    public enum Method {
        /** What the device accepts. */
        AUTO,
        /** HTTP Digest alone. */
        DIGEST,
        /** WS-UsernameToken with a digest alone. */
        TOKEN,
        /** Both in the same request: a few devices want that. */
        BOTH,
        /** WS-UsernameToken with the password itself; over TLS alone. */
        TEXT
    }

    /** Nobody. */
    public static Credentials none() {
        return new Credentials("", "", Method.AUTO);
    }

    /** Whether there is a user. */
    public boolean present() {
        return !user.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "user " + user;
    }
}

package solutions.itms.scs.media.clip;

/**
 * Who we are to a server.
 *
 * @param user never empty
 * @param password in plain text
 */
public record Login(String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "user " + user;
    }
}

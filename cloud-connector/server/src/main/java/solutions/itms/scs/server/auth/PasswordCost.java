package solutions.itms.scs.server.auth;

/**
 * What a guess of a password costs, and each login with it.
 *
 * @param memoryKib that a hash takes
 * @param rounds over that memory
 */
public record PasswordCost(int memoryKib, int rounds) {
    /** What an operator gets: some ten milliseconds, and too much memory to guess on a graphics card. */
    public static final PasswordCost DEFAULT = new PasswordCost(19_456, 2);
}

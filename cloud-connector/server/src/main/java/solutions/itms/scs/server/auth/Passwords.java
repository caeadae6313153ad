package solutions.itms.scs.server.auth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Argon2id hashes of passwords. Each takes much memory and some ten milliseconds, so only two are made at a time.
 * Thread-safe.
 */
final class Passwords {
    /** Longer ones are refused. */
    static final int MAX_LENGTH = 200;

    private static final int THREADS = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int AT_A_TIME = 2;
    private static final int WAIT_SECONDS = 5;

    private final Argon2Function argon2;
    private final Semaphore permits = new Semaphore(AT_A_TIME);
    private final String nobodysHash;

    Passwords(PasswordCost cost) {
        argon2 = Argon2Function.getInstance(cost.memoryKib(), cost.rounds(), THREADS, HASH_BYTES, Argon2.ID);
        nobodysHash = hash("nobody's password");
    }

    /** The hash in PHC form, with its salt and settings. */
    String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult();
    }

    /**
     * Whether the password has this hash. Takes as long when there is no hash to compare with.
     *
     * @throws TooBusyException if too many others are waiting
     */
    boolean matches(String password, Optional<String> hash) throws TooBusyException {
        boolean right = withPermit(() -> {
            String stored = hash.orElse(nobodysHash);
            return Password.check(password, stored).with(Argon2Function.getInstanceFromHash(stored));
        });
        return right && hash.isPresent();
    }

    /** Too many passwords are being checked. */
    static final class TooBusyException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private boolean withPermit(Supplier<Boolean> check) throws TooBusyException {
        try {
            if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TooBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusyException();
        }
        try {
            return check.get();
        } finally {
            permits.release();
        }
    }
}

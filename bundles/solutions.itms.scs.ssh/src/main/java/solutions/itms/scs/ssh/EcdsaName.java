package solutions.itms.scs.ssh;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Map;

/**
 * The SSH library asks for keys of elliptic curves by the name {@code ECDSA}, which Bouncy Castle has for them and the JDK has
 * not. While this is installed that name means the JDK's own. Thread-safe.
 */
final class EcdsaName extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "SCS-ECDSA";
    private static int users;

    private EcdsaName() {
        super(NAME, "1", "the key factory EC by the name of ECDSA");
        putService(new Service(this, "KeyFactory", "ECDSA", EcKeys.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                return new EcKeys();
            }
        });
    }

    /** Makes the name known to this JVM, behind whoever else knows it, until it was removed as often. */
    static synchronized void install() {
        if (users++ == 0) {
            Security.addProvider(new EcdsaName());
        }
    }

    static synchronized void remove() {
        if (--users == 0) {
            Security.removeProvider(NAME);
        }
    }

    /** Hands everything on. */
    private static final class EcKeys extends KeyFactorySpi {
        private final KeyFactory keys;

        EcKeys() throws NoSuchAlgorithmException {
            keys = KeyFactory.getInstance("EC");
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            return keys.generatePublic(spec);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            return keys.generatePrivate(spec);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type) throws InvalidKeySpecException {
            return keys.getKeySpec(key, type);
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            return keys.translateKey(key);
        }
    }
}

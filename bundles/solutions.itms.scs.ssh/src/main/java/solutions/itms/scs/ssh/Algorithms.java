package solutions.itms.scs.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.mac.Macs;
import java.lang.reflect.Proxy;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.DHGexSHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import org.slf4j.Logger;

/** What is agreed on with gates. The library's own list begins with SHA-1 and ends with DSA and arcfour. */
final class Algorithms {
    static {
        // Kura's Bouncy Castle is of another version; what is needed is in the JDK
        SecurityUtils.setRegisterBouncyCastle(false);
    }

    private Algorithms() {}

    /** Those that OpenSSH has by default, as far as there are any in the library. */
    static Config modern() {
        DefaultConfig config = new DefaultConfig();
        config.setKeyExchangeFactories(List.of(
                new Curve25519SHA256.Factory(),
                new Curve25519SHA256.FactoryLibSsh(),
                new ECDHNistP.Factory256(),
                new ECDHNistP.Factory384(),
                new ECDHNistP.Factory521(),
                DHGroups.Group16SHA512(),
                new DHGexSHA256.Factory(),
                DHGroups.Group14SHA256()));
        config.setKeyAlgorithms(keyAlgorithms());
        config.setCipherFactories(List.of(
                GcmCiphers.AES128GCM(),
                GcmCiphers.AES256GCM(),
                ChachaPolyCiphers.CHACHA_POLY_OPENSSH(),
                BlockCiphers.AES256CTR(),
                BlockCiphers.AES128CTR()));
        config.setMACFactories(
                List.of(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
        config.setVersion("SCS_Gateway");
        // it calls each connection that is cut an error; what matters is told by whoever asked
        config.setLoggerFactory(new Silent());
        return config;
    }

    /** The same, and after them what gates of ten years ago have; for those alone that are named in the configuration. */
    static Config old() {
        Config config = modern();
        config.setKeyExchangeFactories(with(config.getKeyExchangeFactories(), DHGroups.Group14SHA1()));
        config.setKeyAlgorithms(with(config.getKeyAlgorithms(), KeyAlgorithms.SSHRSA()));
        config.setCipherFactories(
                with(config.getCipherFactories(), BlockCiphers.AES256CBC(), BlockCiphers.AES128CBC()));
        config.setMACFactories(with(config.getMACFactories(), Macs.HMACSHA1()));
        return config;
    }

    /** The algorithms of a key of type {@code ssh-rsa}. */
    static List<String> rsa(boolean old) {
        return old ? List.of("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa") : List.of("rsa-sha2-512", "rsa-sha2-256");
    }

    @SafeVarargs
    private static <T> List<T> with(List<T> first, T... more) {
        List<T> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static List<Factory.Named<KeyAlgorithm>> keyAlgorithms() {
        List<Factory.Named<KeyAlgorithm>> algorithms = new ArrayList<>();
        algorithms.add(KeyAlgorithms.EdDSA25519());
        if (hasEcdsa()) {
            algorithms.add(KeyAlgorithms.ECDSASHANistp256());
            algorithms.add(KeyAlgorithms.ECDSASHANistp384());
            algorithms.add(KeyAlgorithms.ECDSASHANistp521());
        }
        algorithms.add(KeyAlgorithms.RSASHA512());
        algorithms.add(KeyAlgorithms.RSASHA256());
        return algorithms;
    }

    /** See {@link EcdsaName}. */
    private static boolean hasEcdsa() {
        try {
            KeyFactory.getInstance("ECDSA");
            return true;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    private static final class Silent implements LoggerFactory {
        private static final Logger SILENCE = (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    Object nothing = method.getReturnType() == String.class ? "" : null;
                    return method.getReturnType() == boolean.class ? Boolean.FALSE : nothing;
                });

        @Override
        public Logger getLogger(String name) {
            return SILENCE;
        }

        @Override
        public Logger getLogger(Class<?> clazz) {
            return SILENCE;
        }
    }
}

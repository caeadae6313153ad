package solutions.itms.scs.onvif.http;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate a device may show: the one with a known SHA-256 fingerprint, or the first one that is seen, from then
 * on that one alone. Names and dates in it are of no interest: devices sign their own. Thread-safe.
 */
public final class Trust extends X509ExtendedTrustManager {
    private @Nullable String fingerprint;
    private final Consumer<String> onFirst;

    /**
     * @param fingerprint 64 hexadecimal digits, colons allowed; empty to trust the first certificate
     * @param onFirst told the fingerprint of the first certificate, when it was trusted for being the first
     */
    public Trust(String fingerprint, Consumer<String> onFirst) {
        String plain = fingerprint.replace(":", "").strip().toLowerCase(java.util.Locale.ROOT);
        if (!plain.isEmpty() && !plain.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a fingerprint is a SHA-256 of 64 hexadecimal digits");
        }
        this.fingerprint = plain.isEmpty() ? null : plain;
        this.onFirst = onFirst;
    }

    /** What is pinned now; null as long as none was seen. */
    public synchronized @Nullable String fingerprint() {
        return fingerprint;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("no certificate");
        }
        String shown = fingerprint(chain[0]);
        synchronized (this) {
            if (fingerprint != null) {
                if (!fingerprint.equals(shown)) {
                    throw new CertificateException("the certificate is another one than before: SHA-256 " + shown);
                }
                return;
            }
            fingerprint = shown;
        }
        onFirst.accept(shown);
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

package solutions.itms.scs.onvif.watch;

import java.util.Optional;

/** The first certificate that each device showed, kept over restarts. Thread-safe. */
public interface CertificateMemory {
    /** SHA-256 of a device's certificate; empty when it never showed one. */
    Optional<String> certificate(String id);

    /** Keeps the SHA-256 of the first certificate of a device. */
    void pin(String id, String fingerprint);
}

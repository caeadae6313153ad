package solutions.itms.scs.onvif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A certificate that a device holds. @param until when it ends, null when that can't be read */
public record DeviceCertificate(
        String id, String subject, @Nullable Instant until) {}

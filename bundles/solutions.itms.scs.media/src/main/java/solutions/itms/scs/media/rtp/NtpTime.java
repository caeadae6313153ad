package solutions.itms.scs.media.rtp;

/** Times of NTP. */
final class NtpTime {
    private static final long TO_1970 = 2_208_988_800L;

    private NtpTime() {}

    /** Microseconds since 1970. Seconds whose highest bit is not set belong to the era that begins in 2036. */
    static long micros(int seconds, int fraction) {
        long whole = (seconds & 0xffffffffL) + (seconds < 0 ? 0 : 1L << 32) - TO_1970;
        return whole * 1_000_000 + ((fraction & 0xffffffffL) * 1_000_000 + (1L << 31) >>> 32);
    }
}

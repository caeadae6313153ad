package solutions.itms.scs.media.codec;

import java.util.Locale;

/** Makes the format of a track of sound. */
public final class SoundFormat {
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private SoundFormat() {}

    /**
     * AAC.
     *
     * @param configuration AudioSpecificConfig, two bytes at least
     * @throws IllegalArgumentException when it is none
     */
    public static TrackFormat aac(byte[] configuration) {
        if (configuration.length < 2 || configuration.length > 64) {
            throw new IllegalArgumentException("a configuration of AAC of " + configuration.length + " bytes");
        }
        int type = configuration[0] >> 3 & 31;
        int index = (configuration[0] & 7) << 1 | configuration[1] >> 7 & 1;
        int channels = configuration[1] >> 3 & 15;
        if (type == 0 || index >= RATES.length) {
            throw new IllegalArgumentException("AAC with a sampling rate that is none of the usual");
        }
        byte[] esds = Descriptors.esds(0x40, 0x15, configuration);
        byte[] entry = SampleEntries.audio("mp4a", channels == 7 ? 8 : Math.max(1, channels), RATES[index], esds);
        return new TrackFormat(String.format(Locale.ROOT, "mp4a.40.%d", type), 0, 0, entry);
    }

    /** G.711: {@code ulaw} or {@code alaw}. */
    public static TrackFormat g711(boolean ulaw, int rate, int channels) {
        String type = ulaw ? "ulaw" : "alaw";
        return new TrackFormat(type, 0, 0, SampleEntries.audio(type, channels, rate, new byte[0]));
    }
}

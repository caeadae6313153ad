package solutions.itms.scs.testkit.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes interleaved RTP packets of one track. On one thread. */
final class Packetizer {
    private static final int MOST = 1_400;
    private static final long NTP_OFFSET = 2_208_988_800L;

    private final FrameSource source;
    private final int channel;
    private final int ssrc;
    private final Set<RtspFault> faults;
    private final Random random;
    private final AtomicBoolean lostOne;
    private final long clockOffset;
    private int sequence;
    private long frames;
    private long packets;
    private byte[] extension = {};

    Packetizer(
            FrameSource source,
            int channel,
            long startMicros,
            Set<RtspFault> faults,
            long seed,
            AtomicBoolean lostOne) {
        this.source = source;
        this.channel = channel;
        this.faults = faults;
        this.lostOne = lostOne;
        random = new Random(seed);
        sequence = random.nextInt(0x10000);
        ssrc = 0x5c500000 + channel;
        long start = startMicros * source.clockRate() / 1_000_000;
        clockOffset = faults.contains(RtspFault.CLOCK_WRAPS)
                ? (1L << 32) - 6L * source.clockRate() - start
                : random.nextInt(1 << 30) - start;
    }

    int sequence() {
        return sequence;
    }

    int ssrc() {
        return ssrc;
    }

    long rtpTime(long micros) {
        return clockOffset + Math.floorDiv(micros * source.clockRate() / 1_000, 1_000L) & 0xffffffffL;
    }

    /** Puts the packets of one frame. */
    void write(EncodedFrame frame, int cseq, boolean discontinuity, boolean terminal, ByteBuffer out) {
        extension = extension(frame, cseq, discontinuity, terminal);
        long time = rtpTime(frame.micros());
        frames++;
        switch (source.encoding()) {
            case "H264" -> h264(frame, time, out);
            case "H265" -> units(frame.units(), time, true, out);
            case "JPEG" ->
                JpegPackets.of(
                        frame.units().get(0),
                        MOST,
                        (header, data, from, length, end) -> packet(header, data, from, length, time, end, out));
            case "MP4V-ES" -> pieces(frame.units().get(0), time, out);
            case "MPEG4-GENERIC" -> {
                byte[] unit = frame.units().get(0);
                byte[] header = {0, 16, (byte) (unit.length >> 5), (byte) (unit.length << 3)};
                packet(header, unit, 0, unit.length, time, true, out);
            }
            default ->
                packet(new byte[0], frame.units().get(0), 0, frame.units().get(0).length, time, true, out);
        }
    }

    /** A picture in pieces as they come. */
    private void pieces(byte[] picture, long time, ByteBuffer out) {
        for (int at = 0; at < picture.length; at += MOST) {
            int length = Math.min(MOST, picture.length - at);
            packet(new byte[0], picture, at, length, time, at + length == picture.length, out);
        }
    }

    /** A report or a goodbye of the sender. */
    void rtcp(long micros, boolean bye, ByteBuffer out) {
        out.put((byte) '$').put((byte) (channel + 1)).putShort((short) (bye ? 36 : 28));
        out.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(ssrc);
        out.putInt((int) (Math.floorDiv(micros, 1_000_000L) + NTP_OFFSET));
        out.putInt((int) ((Math.floorMod(micros, 1_000_000L) << 32) / 1_000_000));
        out.putInt((int) rtpTime(micros)).putInt((int) packets).putInt(0);
        if (bye) {
            out.put((byte) 0x81).put((byte) 203).putShort((short) 1).putInt(ssrc);
        }
    }

    private void h264(EncodedFrame frame, long time, ByteBuffer out) {
        boolean inBand = !faults.contains(RtspFault.PARAMETERS_IN_DESCRIPTION_ONLY);
        List<byte[]> all = new java.util.ArrayList<>();
        boolean carriesSets = frame.units().stream().anyMatch(unit -> (unit[0] & 31) == 7);
        if (frame.key() && inBand && !carriesSets) {
            for (byte[] set : source.parameterSets()) {
                boolean zeros = faults.contains(RtspFault.BYTES_AFTER_PARAMETERS);
                all.add(zeros ? java.util.Arrays.copyOf(set, set.length + 3) : set);
            }
        }
        if (faults.contains(RtspFault.MARKER_ON_INFORMATION)) {
            byte[] information = {6, 5, 1, 0, (byte) 0x80};
            packet(new byte[0], information, 0, information.length, time, true, out);
        }
        all.addAll(frame.units());
        if (faults.contains(RtspFault.START_CODES_IN_PACKETS)) {
            all = List.of(joined(all));
        } else if (faults.contains(RtspFault.AGGREGATES) && all.size() > 2) {
            byte[] aggregate = aggregate(all.subList(0, 2));
            packet(new byte[0], aggregate, 0, aggregate.length, time, false, out);
            all = all.subList(2, all.size());
        }
        units(all, time, false, out);
    }

    private static byte[] joined(List<byte[]> units) {
        ByteBuffer out = ByteBuffer.allocate(
                units.stream().mapToInt(unit -> unit.length + 4).sum());
        for (byte[] unit : units) {
            if (out.position() > 0) {
                out.put(new byte[] {0, 0, 0, 1});
            }
            out.put(unit);
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] aggregate(List<byte[]> units) {
        ByteBuffer out = ByteBuffer.allocate(
                1 + units.stream().mapToInt(unit -> unit.length + 2).sum());
        out.put((byte) 0x78);
        units.forEach(unit -> out.putShort((short) unit.length).put(unit));
        return out.array();
    }

    private void units(List<byte[]> units, long time, boolean h265, ByteBuffer out) {
        for (int i = 0; i < units.size(); i++) {
            byte[] unit = units.get(i);
            boolean end = i == units.size() - 1;
            if (unit.length <= MOST) {
                packet(new byte[0], unit, 0, unit.length, time, end, out);
            } else {
                fragments(unit, time, end, h265, out);
            }
        }
    }

    private void fragments(byte[] unit, long time, boolean end, boolean h265, ByteBuffer out) {
        int skip = h265 ? 2 : 1;
        int type = h265 ? unit[0] >> 1 & 63 : unit[0] & 31;
        for (int at = skip; at < unit.length; at += MOST) {
            int length = Math.min(MOST, unit.length - at);
            boolean last = at + length == unit.length;
            int shown = at > skip && faults.contains(RtspFault.FRAGMENTS_CHANGE_TYPE) ? 1 : type;
            int mark = (at == skip ? 0x80 : 0) | (last ? 0x40 : 0) | shown;
            byte[] header = h265
                    ? new byte[] {(byte) (unit[0] & 0x81 | 49 << 1), unit[1], (byte) mark}
                    : new byte[] {(byte) (unit[0] & 0xe0 | 28), (byte) mark};
            packet(header, unit, at, length, time, end && last, out);
            if (!last && faults.contains(RtspFault.EMPTY_FRAGMENTS)) {
                header[skip] = (byte) type;
                packet(header, unit, at, 0, time, false, out);
            }
        }
    }

    private void packet(byte[] header, byte[] data, int from, int length, long time, boolean marker, ByteBuffer out) {
        int number = sequence++ & 0xffff;
        packets++;
        boolean lost = faults.contains(RtspFault.LOSES_PACKETS) && random.nextInt(20) == 0
                || faults.contains(RtspFault.LOSES_ONE_PACKET) && packets == 150 && lostOne.compareAndSet(false, true);
        if (lost) {
            extension = new byte[0];
            return;
        }
        noise(out);
        int start = out.position();
        out.put((byte) '$').put((byte) channel);
        out.putShort((short) (12 + extension.length + header.length + length));
        out.put((byte) (extension.length > 0 ? 0x90 : 0x80)).put((byte) (marker ? 0x80 | 96 : 96));
        out.putShort((short) number).putInt((int) time).putInt(ssrc);
        out.put(extension).put(header).put(data, from, length);
        extension = new byte[0];
        if (faults.contains(RtspFault.REPEATS_PACKETS) && packets % 10 == 0) {
            ByteBuffer copy = out.duplicate().limit(out.position()).position(start);
            out.put(copy.slice());
        }
    }

    private void noise(ByteBuffer out) {
        if (faults.contains(RtspFault.CRLF_BEFORE_DATA)) {
            out.put((byte) '\r').put((byte) '\n');
        }
        if (faults.contains(RtspFault.UNKNOWN_CHANNELS) && packets % 7 == 0) {
            out.put((byte) '$').put((byte) 77).putShort((short) 20).put(new byte[20]);
        }
        if (faults.contains(RtspFault.PACKETS_OF_TYPE_50) && packets % 7 == 0) {
            out.put((byte) '$').put((byte) channel).putShort((short) 16);
            out.put((byte) 0x80)
                    .put((byte) 50)
                    .putShort((short) 9)
                    .putInt(0)
                    .putInt(ssrc)
                    .putInt(0);
        }
        if (faults.contains(RtspFault.GARBAGE_IN_BETWEEN) && packets % 100 == 50) {
            out.put("what is this? ".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Recorded time and marks; in the first packet of a frame alone. */
    private byte[] extension(EncodedFrame frame, int cseq, boolean discontinuity, boolean terminal) {
        if (faults.contains(RtspFault.NO_TIMES)) {
            return new byte[0];
        }
        boolean wrong = faults.contains(RtspFault.WRONG_TIMES) && frames % 100 == 99;
        long micros = frame.micros() + (wrong ? 18_000_000_000L : 0);
        boolean unmarked = faults.contains(RtspFault.SILENT_END)
                || faults.contains(RtspFault.BYE_AT_END)
                || faults.contains(RtspFault.CLOSES_AT_END);
        int marks = (frame.key() ? 0x80 : 0)
                | (frame.last() ? 0x40 : 0)
                | (discontinuity ? 0x20 : 0)
                | (terminal && !unmarked ? 0x10 : 0);
        int words = faults.contains(RtspFault.LONG_TIMES) ? 4 : 3;
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * words);
        out.putShort((short) 0xabac).putShort((short) words);
        out.putInt((int) (Math.floorDiv(micros, 1_000_000L) + NTP_OFFSET));
        out.putInt((int) ((Math.floorMod(micros, 1_000_000L) << 32) / 1_000_000));
        out.put((byte) marks).put((byte) cseq).putShort((short) 0);
        return out.array();
    }
}

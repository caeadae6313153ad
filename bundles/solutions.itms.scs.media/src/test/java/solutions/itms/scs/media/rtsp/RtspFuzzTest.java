package solutions.itms.scs.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever a server says instead of what it should: an exception that is meant for it, or data; never more, never for ever. */
@Execution(ExecutionMode.SAME_THREAD)
class RtspFuzzTest {
    /** Conversations; the seed is the number of each. */
    private static final int STREAMS = Integer.getInteger("scs.fuzz.streams", 1_000);

    private static final int FIRST = Integer.getInteger("scs.fuzz.first", 0);
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\na=control:*\r\n"
            + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
            + "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAKNoBoD+hAAADAAEAAAMAMg8YMqA=,aM48gA==\r\n"
            + "a=control:trackID=0\r\nm=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/16000/1\r\n"
            + "a=fmtp:97 streamtype=5;mode=AAC-hbr;sizelength=13;indexlength=3;config=1408\r\na=control:trackID=1\r\n";
    private static final String[] NONSENSE = {
        "99999999999999999999",
        "-1",
        "\r\n\r\n",
        "RTSP/1.0 200 OK\r\n",
        "$\u0000\u00ff\u00ff",
        "Content-Length: 131073\r\n",
        "Content-Length: 999999\r\n",
        "Session: ;;;timeout=999999;timeout=0\r\n",
        "Transport: interleaved=999-0\r\n",
        "WWW-Authenticate: Digest realm=\"\", nonce=\"\\\", algorithm=SHA-256\r\n",
        "Content-Base: rtsp://[::1/\r\n",
        "Location: rtsp://\r\n",
        "m=video 99999 RTP/AVP 300\r\n",
        "a=rtpmap:96 H264/0\r\n",
        "a=rtpmap:96 /////\r\n",
        "a=fmtp:96 sprop-parameter-sets=,,,,=\r\n",
        "OPTIONS * RTSP/1.0\r\nCSeq: x\r\n\r\n"
    };

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private long packets;
    private long answered;

    @Test
    @Timeout(3_600)
    void anyConversationComesToAnEnd() {
        for (int i = FIRST; i < FIRST + STREAMS; i++) {
            Random random = new Random(i);
            try {
                converse(random);
            } catch (IOException e) {
                assertThat(String.valueOf(e.getMessage()))
                        .as("conversation %d", i)
                        .hasSizeLessThan(1_000);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("conversation " + i, e);
            }
        }
        assertThat(packets).as("some came through").isGreaterThan(STREAMS);
        assertThat(answered).as("and some are played").isGreaterThan(STREAMS / 10);
    }

    private void converse(Random random) throws IOException {
        Sent server = new Sent(random);
        PacketListener listener = new PacketListener() {
            @Override
            public void packet(int channel, ByteBuffer in, int from, int to) {
                packets++;
                assertThat(channel).isBetween(0, 255);
                assertThat(to - from).isBetween(0, 0xffff);
                assertThat(to).isLessThanOrEqualTo(in.limit());
            }

            @Override
            public boolean expects(int channel) {
                return channel < 4;
            }
        };
        RtspUri uri = RtspUri.parse("rtsp://127.0.0.1/replay/one");
        RtspConnection connection = new RtspConnection(server, listener, buffer);
        try (RtspSession session = RtspSession.over(connection, uri, new Authenticator("u", "p"), 1_000)) {
            List<Sdp.Track> tracks = session.description().tracks();
            assertThat(tracks).hasSizeLessThanOrEqualTo(16);
            for (int i = 0; i < Math.min(2, tracks.size()); i++) {
                session.setup(tracks.get(i), 2 * i, Map.of("Require", "onvif-replay"));
            }
            session.play(Map.of("Range", "clock=20260301T100000Z-"));
            answered++;
            while (true) {
                session.poll(10); // ends with the end of what is sent
            }
        }
    }

    /** A server that answers what it should, some of it changed, in pieces of any length; after that data, then the end. */
    private static final class Sent implements Wire {
        private final Random random;
        private final boolean tame;
        private byte[] waiting = new byte[0];
        private int at;
        private int reads;
        private int requests;

        Sent(Random random) {
            this.random = random;
            tame = random.nextInt(3) == 0;
        }

        @Override
        public int read(ByteBuffer into, long millis) throws IOException {
            if (++reads > 20_000) {
                throw new IllegalStateException("it reads for ever");
            }
            if (at == waiting.length) {
                return -1;
            }
            int most = Math.min(into.remaining(), waiting.length - at);
            int count = random.nextInt(4) == 0 ? 1 + random.nextInt(Math.max(1, Math.min(most, 40))) : most;
            count = Math.min(count, most);
            into.put(waiting, at, count);
            at += count;
            return count;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            String request = StandardCharsets.UTF_8.decode(bytes).toString();
            if (++requests > 200) {
                throw new IllegalStateException("it asks for ever");
            }
            if (!request.startsWith("RTSP/")) {
                byte[] more = answer(request);
                byte[] all = Arrays.copyOfRange(waiting, at, waiting.length + more.length);
                System.arraycopy(more, 0, all, waiting.length - at, more.length);
                waiting = all;
                at = 0;
            }
        }

        private byte[] answer(String request) {
            String method = request.substring(0, Math.max(0, request.indexOf(' ')));
            String number = request.replaceAll("(?s).*CSeq: (\\d+).*", "$1");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String head = "RTSP/1.0 200 OK\r\nCSeq: " + number + "\r\n";
            switch (method) {
                case "DESCRIBE" ->
                    text(
                            out,
                            head + "Content-Base: rtsp://127.0.0.1/replay/one/\r\nContent-Length: " + SDP.length()
                                    + "\r\n\r\n" + SDP);
                case "SETUP" ->
                    text(out, head + "Session: 4711;timeout=60\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n");
                case "PLAY" -> {
                    text(out, head + "Session: 4711\r\nRange: clock=20260301T100000Z-\r\n\r\n");
                    data(out);
                }
                default -> text(out, head + "Public: DESCRIBE, SETUP, PLAY\r\n\r\n");
            }
            return tame && !method.equals("PLAY") ? out.toByteArray() : changed(out.toByteArray());
        }

        private static void text(ByteArrayOutputStream out, String text) {
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private void data(ByteArrayOutputStream out) {
            for (int i = 0; i < 40; i++) {
                byte[] packet = new byte[12 + random.nextInt(200)];
                random.nextBytes(packet);
                out.write('$');
                out.write(random.nextInt(4));
                out.write(packet.length >> 8);
                out.write(packet.length);
                out.writeBytes(packet);
            }
        }

        private byte[] changed(byte[] bytes) {
            byte[] out = bytes;
            for (int i = random.nextInt(4); i > 0 && out.length > 0; i--) {
                int place = random.nextInt(out.length);
                int length = Math.min(out.length - place, 1 + random.nextInt(60));
                out = switch (random.nextInt(6)) {
                    case 0 -> {
                        out[place] = (byte) random.nextInt(256);
                        yield out;
                    }
                    case 1 -> joined(out, place, new byte[0], place + length);
                    case 2 -> joined(out, place, Arrays.copyOfRange(out, place, place + length), place);
                    case 3 -> {
                        byte[] noise = new byte[random.nextInt(200)];
                        random.nextBytes(noise);
                        yield joined(out, place, noise, place);
                    }
                    case 4 ->
                        joined(
                                out,
                                place,
                                NONSENSE[random.nextInt(NONSENSE.length)].getBytes(StandardCharsets.ISO_8859_1),
                                place);
                    default -> random.nextInt(8) == 0 ? Arrays.copyOf(out, place) : out;
                };
            }
            return out;
        }

        private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
            byte[] out = new byte[until + middle.length + bytes.length - from];
            System.arraycopy(bytes, 0, out, 0, until);
            System.arraycopy(middle, 0, out, until, middle.length);
            System.arraycopy(bytes, from, out, until + middle.length, bytes.length - from);
            return out;
        }

        @Override
        public void close() {}
    }
}

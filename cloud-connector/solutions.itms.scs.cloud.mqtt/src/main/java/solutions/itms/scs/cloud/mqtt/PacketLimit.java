package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;

/** Follows the packets in what a broker sends, and refuses one that is too large before it is collected in memory. */
final class PacketLimit {
    private final long maxBytes;
    private boolean inHeader = true;
    private boolean inLength;
    private long left;
    private int shift;
    private long sum;

    PacketLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @throws IOException if these bytes begin a packet that is larger than allowed, or are no MQTT */
    void passed(byte[] buffer, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (left > 0) {
                int body = (int) Math.min(left, end - at);
                at += body;
                left -= body;
            } else {
                passed(buffer[at++]);
            }
        }
    }

    /** One byte, read alone. */
    void passed(int next) throws IOException {
        if (left > 0) {
            left--;
        } else if (inHeader) {
            inHeader = false;
            inLength = true;
            shift = 0;
            sum = 0;
        } else if (inLength) {
            length(next);
        }
    }

    private void length(int next) throws IOException {
        sum |= (long) (next & 0x7F) << shift;
        shift += 7;
        if ((next & 0x80) != 0 && shift > 21) {
            throw new IOException("the broker does not speak MQTT");
        }
        if ((next & 0x80) == 0) {
            if (sum > maxBytes) {
                throw new IOException(
                        "the broker sends " + sum + " bytes at once; at most " + maxBytes + " are allowed");
            }
            left = sum;
            inLength = false;
            inHeader = true;
        }
    }
}

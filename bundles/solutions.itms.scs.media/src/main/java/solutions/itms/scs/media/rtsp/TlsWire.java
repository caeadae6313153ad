package solutions.itms.scs.media.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import solutions.itms.scs.onvif.http.Trust;

/** TLS over another wire. */
final class TlsWire implements Wire {
    private final Wire wire;
    private final SSLEngine engine;
    private final ByteBuffer received;
    private final ByteBuffer plain;
    private final ByteBuffer sent;

    private TlsWire(Wire wire, SSLEngine engine) {
        this.wire = wire;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(2 * packet).limit(0);
        plain = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize())
                .limit(0);
        sent = ByteBuffer.allocate(packet);
    }

    /** Agrees on keys; the certificate is checked by what is trusted. */
    static TlsWire over(Wire wire, String host, int port, Trust trust, long millis) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            engine.beginHandshake();
            TlsWire tls = new TlsWire(wire, engine);
            tls.handshake(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            return tls;
        } catch (GeneralSecurityException e) {
            throw new SSLException(e);
        }
    }

    private void handshake(long end) throws IOException {
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                && engine.getHandshakeStatus() != HandshakeStatus.FINISHED) {
            step(end);
        }
    }

    private void step(long end) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> tasks();
            case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
            default -> {
                if (unwrap() == Status.BUFFER_UNDERFLOW && fill(200) <= 0 && System.nanoTime() - end >= 0) {
                    throw new SSLException("no agreement on TLS in time");
                }
            }
        }
    }

    private void tasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private int fill(long millis) throws IOException {
        received.compact();
        try {
            int count = wire.read(received, millis);
            if (count < 0) {
                throw new SSLException("the server has ended TLS");
            }
            return count;
        } finally {
            received.flip();
        }
    }

    private Status unwrap() throws SSLException {
        plain.compact();
        SSLEngineResult result = engine.unwrap(received, plain);
        plain.flip();
        if (result.getStatus() == Status.CLOSED) {
            throw new SSLException("the server has ended TLS");
        }
        return result.getStatus();
    }

    private void wrap(ByteBuffer bytes) throws IOException {
        sent.clear();
        engine.wrap(bytes, sent);
        wire.write(sent.flip());
    }

    @Override
    public int read(ByteBuffer into, long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!plain.hasRemaining()) {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                wrap(ByteBuffer.allocate(0));
            } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                tasks();
            }
            if (engine.isInboundDone()) {
                return -1;
            }
            if (unwrap() == Status.BUFFER_UNDERFLOW) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (fill(Math.max(0, left)) == 0 && left <= 0) {
                    return 0;
                }
            }
        }
        int count = Math.min(plain.remaining(), into.remaining());
        into.put(plain.slice().limit(count));
        plain.position(plain.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            wrap(bytes);
        }
    }

    @Override
    public void close() {
        engine.closeOutbound();
        wire.close();
    }
}

package solutions.itms.scs.onvif.http;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** TLS between the bytes of a socket and those of HTTP. On the loop's thread alone, but for its long computations. */
final class TlsLayer {
    private final SSLEngine engine;
    private ByteBuffer received = ByteBuffer.allocate(0);
    private boolean computing;

    TlsLayer(SSLEngine engine) throws SSLException {
        this.engine = engine;
        engine.beginHandshake();
    }

    /** Adds what the socket has given. */
    void received(ByteBuffer bytes) throws SSLException {
        if (received.remaining() + bytes.remaining() > 256 * 1024) {
            throw new SSLException("more than a record was sent during the handshake");
        }
        ByteBuffer joined = ByteBuffer.allocate(received.remaining() + bytes.remaining());
        received = joined.put(received).put(bytes).flip();
    }

    /** Whether data can be sent. */
    boolean open() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
    }

    /**
     * Goes on as far as it can.
     *
     * @param send takes bytes for the socket
     * @param receive takes bytes for HTTP
     * @param later runs a computation elsewhere; then this must be called again
     * @return false when the other side has ended TLS
     */
    boolean go(Consumer<ByteBuffer> send, Consumer<ByteBuffer> receive, Consumer<Runnable> later) throws SSLException {
        while (!computing) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> compute(later);
                case NEED_WRAP -> {
                    if (!wrap(ByteBuffer.allocate(0), send)) {
                        return false;
                    }
                }
                default -> {
                    SSLEngineResult result = unwrap(receive);
                    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                        return false;
                    }
                    if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                        return true;
                    }
                    if (result.bytesConsumed() == 0
                            && result.bytesProduced() == 0
                            && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                            && !received.hasRemaining()) {
                        return true;
                    }
                }
            }
        }
        return true;
    }

    /** Encrypts data. */
    void write(ByteBuffer data, Consumer<ByteBuffer> send) throws SSLException {
        while (data.hasRemaining()) {
            wrap(data, send);
        }
    }

    private void compute(Consumer<Runnable> later) {
        computing = true;
        later.accept(() -> {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        });
    }

    /** The computation is over. */
    void computed() {
        computing = false;
    }

    private boolean wrap(ByteBuffer data, Consumer<ByteBuffer> send) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(data, out);
        if (out.position() > 0) {
            send.accept(out.flip());
        }
        return result.getStatus() != SSLEngineResult.Status.CLOSED;
    }

    private SSLEngineResult unwrap(Consumer<ByteBuffer> receive) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(received, out);
        if (out.position() > 0) {
            receive.accept(out.flip());
        }
        if (!received.hasRemaining()) {
            received = ByteBuffer.allocate(0); // an idle connection holds nothing
        }
        return result;
    }
}

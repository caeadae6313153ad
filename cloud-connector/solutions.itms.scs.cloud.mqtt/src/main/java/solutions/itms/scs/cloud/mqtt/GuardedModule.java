package solutions.itms.scs.cloud.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import solutions.itms.scs.message.PayloadCodec;

/**
 * A socket of Paho's with which a connection attempt can fail or be given up at any moment. Left alone, Paho 1.2.5
 *
 * <ul>
 *   <li>goes on with an attempt that was given up while the host's address was looked up, and then, with the same client
 *       id, throws out the next connection;
 *   <li>waits for ever for its own threads to run, if the connection ends so early that one of them has ended already.
 * </ul>
 *
 * <p>So an attempt that was given up fails as soon as its socket is open, and the end of a connection is not shown before
 * Paho has written its first packet, which it does when all its threads run.
 */
final class GuardedModule implements NetworkModule {
    private static final long PATIENCE_MILLIS = 2_000;

    /** The largest payload, with its topic. */
    private static final long MAX_PACKET = PayloadCodec.MAX_BYTES + 128L * 1024;

    private final NetworkModule module;
    private final CountDownLatch wrote = new CountDownLatch(1);
    private final PacketLimit limit = new PacketLimit(MAX_PACKET);
    private volatile long heardNanos = System.nanoTime();
    private boolean open;
    private boolean givenUp;

    GuardedModule(NetworkModule module) {
        this.module = module;
    }

    /**
     * Gives the attempt or the connection up.
     *
     * @return whether Paho's threads run, so that it has to be shut down; if not, it notices by itself
     */
    boolean giveUp() {
        boolean wasOpen;
        synchronized (this) {
            givenUp = true;
            wasOpen = open;
        }
        if (wasOpen) {
            awaitFirstWrite();
        } else {
            closeQuietly();
        }
        return wasOpen;
    }

    /** How long nothing has come from the broker. */
    long silenceNanos() {
        return System.nanoTime() - heardNanos;
    }

    @Override
    public void start() throws IOException, MqttException {
        module.start();
        synchronized (this) {
            open = !givenUp;
        }
        if (!open) {
            module.stop();
            throw new IOException("given up");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(module.getInputStream()) {
            @Override
            public int read() throws IOException {
                int next = shown(super::read);
                if (next >= 0) {
                    limit.passed(next);
                }
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = shown(() -> super.read(buffer, offset, length));
                if (read > 0) {
                    limit.passed(buffer, offset, read);
                }
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(module.getOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                wrote.countDown();
                out.write(b);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                wrote.countDown();
                out.write(buffer, offset, length);
            }
        };
    }

    @Override
    public void stop() throws IOException {
        module.stop();
    }

    @Override
    public String getServerURI() {
        return module.getServerURI();
    }

    private interface Read {
        int read() throws IOException;
    }

    private int shown(Read read) throws IOException {
        try {
            int result = read.read();
            if (result < 0) {
                awaitFirstWrite();
            } else {
                heardNanos = System.nanoTime();
            }
            return result;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            awaitFirstWrite();
            throw e;
        }
    }

    private void awaitFirstWrite() {
        try {
            wrote.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeQuietly() {
        try {
            module.stop();
        } catch (IOException e) {
            // then there was nothing to close
        }
    }
}

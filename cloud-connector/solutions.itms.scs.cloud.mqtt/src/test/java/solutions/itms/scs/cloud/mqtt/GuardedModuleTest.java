package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.junit.jupiter.api.Test;

class GuardedModuleTest {
    private final Line line = new Line();
    private final GuardedModule module = new GuardedModule(line);

    @Test
    void an_attempt_given_up_while_it_looks_for_the_host_fails_as_soon_as_it_has_a_socket() throws Exception {
        CompletableFuture<Void> attempt = CompletableFuture.runAsync(() -> {
            try {
                module.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> line.looking);

        assertThat(module.giveUp()).isFalse();
        line.found.countDown();

        assertThatThrownBy(attempt::join)
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("given up");
        assertThat(line.closed).isTrue();
    }

    @Test
    void the_end_of_a_connection_is_not_shown_before_the_first_write() throws Exception {
        line.found.countDown();
        module.start();
        InputStream in = module.getInputStream();
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
            try {
                return in.read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        await().during(Duration.ofMillis(200)).until(() -> !read.isDone());
        module.getOutputStream().write(1);

        assertThat(read.join()).isEqualTo(-1);
        assertThat(module.giveUp()).isTrue();
    }

    /** A connection whose peer hangs up at once, and which opens when it is told to. */
    private static final class Line implements NetworkModule {
        private final CountDownLatch found = new CountDownLatch(1);
        private volatile boolean looking;
        private volatile boolean closed;

        @Override
        public void start() throws IOException {
            looking = true;
            try {
                found.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public OutputStream getOutputStream() {
            return new ByteArrayOutputStream();
        }

        @Override
        public void stop() {
            closed = true;
        }

        @Override
        public String getServerURI() {
            return "tcp://line";
        }
    }
}

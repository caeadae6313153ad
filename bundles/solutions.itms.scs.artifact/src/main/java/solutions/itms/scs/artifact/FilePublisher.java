package solutions.itms.scs.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands a whole file to the HTTP client, part by part as it wants them. May be subscribed to more than once. */
final class FilePublisher implements Flow.Publisher<ByteBuffer> {
    private static final int PART = 512 * 1024;

    private final Path file;
    private final long length;

    FilePublisher(Path file, long length) {
        this.file = file;
        this.length = length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            subscriber.onSubscribe(new Parts(subscriber, null));
            subscriber.onError(e);
            return;
        }
        subscriber.onSubscribe(new Parts(subscriber, channel));
    }

    /** Guarded by itself; a subscriber may ask for more while it is given something. */
    private final class Parts implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final @Nullable FileChannel channel;
        private long wanted;
        private long at;
        private boolean giving;
        private boolean over;

        Parts(Flow.Subscriber<? super ByteBuffer> subscriber, @Nullable FileChannel channel) {
            this.subscriber = subscriber;
            this.channel = channel;
            this.over = channel == null;
        }

        @Override
        public synchronized void request(long count) {
            wanted += Math.max(0, Math.min(count, length));
            if (giving) {
                return;
            }
            giving = true;
            while (wanted > 0 && !over) {
                wanted--;
                give();
            }
            giving = false;
        }

        private void give() {
            ByteBuffer part;
            try {
                part = read();
            } catch (IOException e) {
                end();
                subscriber.onError(e);
                return;
            }
            at += part.remaining();
            subscriber.onNext(part);
            if (at == length && !over) {
                end();
                subscriber.onComplete();
            }
        }

        private ByteBuffer read() throws IOException {
            FileChannel from = channel;
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, length - at));
            while (from != null && part.hasRemaining()) {
                if (from.read(part, at + part.position()) < 0) {
                    throw new IOException("the file is shorter than it was");
                }
            }
            return part.flip();
        }

        @Override
        public synchronized void cancel() {
            end();
        }

        private void end() {
            over = true;
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}

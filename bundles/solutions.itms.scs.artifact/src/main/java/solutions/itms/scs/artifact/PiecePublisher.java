package solutions.itms.scs.artifact;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * Hands a piece to the HTTP client in large parts: its own way of 16 KiB each costs two changes of threads for every one.
 * May be subscribed to more than once.
 */
final class PiecePublisher implements Flow.Publisher<ByteBuffer> {
    private static final int PART = 1024 * 1024;

    private final byte[] bytes;
    private final int length;

    PiecePublisher(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Parts(subscriber));
    }

    /** Guarded by itself; a subscriber may ask for more while it is given something. */
    private final class Parts implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long wanted;
        private int at;
        private boolean giving;
        private boolean over;

        Parts(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
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
                int size = Math.min(PART, length - at);
                ByteBuffer part = ByteBuffer.wrap(bytes, at, size).asReadOnlyBuffer();
                at += size;
                subscriber.onNext(part);
                if (at == length && !over) {
                    over = true;
                    subscriber.onComplete();
                }
            }
            giving = false;
        }

        @Override
        public synchronized void cancel() {
            over = true;
        }
    }
}

package solutions.itms.scs.station;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Collects the body of one request without blocking a thread, up to a limit. */
final class BodyReader implements Runnable {
    private final Request request;
    private final int limit;
    private final Consumer<byte[]> whenRead;
    private final Consumer<BadRequest> whenTooLarge;
    private final Consumer<Throwable> whenBroken;
    private byte[] collected = {};
    private int length;

    BodyReader(
            Request request,
            int limit,
            Consumer<byte[]> whenRead,
            Consumer<BadRequest> whenTooLarge,
            Consumer<Throwable> whenBroken) {
        this.request = request;
        this.limit = limit;
        this.whenRead = whenRead;
        this.whenTooLarge = whenTooLarge;
        this.whenBroken = whenBroken;
    }

    @Override
    public void run() {
        if (request.getLength() > limit) {
            tooLarge();
            return;
        }
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                whenBroken.accept(chunk.getFailure());
                return;
            }
            boolean fits = append(chunk.getByteBuffer());
            chunk.release();
            if (!fits) {
                tooLarge();
                return;
            }
            if (chunk.isLast()) {
                whenRead.accept(length == collected.length ? collected : Arrays.copyOf(collected, length));
                return;
            }
        }
    }

    private boolean append(ByteBuffer buffer) {
        int more = buffer.remaining();
        if (length + more > limit) {
            return false;
        }
        if (length + more > collected.length) {
            // one that comes in many pieces is not copied for each of them
            int room = length == 0 ? more : Math.min(limit, Math.max(length + more, 2 * collected.length));
            collected = Arrays.copyOf(collected, room);
        }
        buffer.get(collected, length, more);
        length += more;
        return true;
    }

    private void tooLarge() {
        whenTooLarge.accept(BadRequest.tooLarge("at most " + limit + " bytes are allowed"));
    }
}

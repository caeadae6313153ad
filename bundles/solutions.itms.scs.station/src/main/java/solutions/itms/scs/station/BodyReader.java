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
                whenTooLarge.accept(BadRequest.tooLarge("at most " + limit + " bytes are allowed"));
                return;
            }
            if (chunk.isLast()) {
                whenRead.accept(collected);
                return;
            }
        }
    }

    private boolean append(ByteBuffer buffer) {
        int before = collected.length;
        int more = buffer.remaining();
        if (before + more > limit) {
            return false;
        }
        collected = Arrays.copyOf(collected, before + more);
        buffer.get(collected, before, more);
        return true;
    }
}

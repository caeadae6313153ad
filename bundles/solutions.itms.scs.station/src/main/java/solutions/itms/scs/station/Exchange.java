package solutions.itms.scs.station;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.StoreException;

/** One request and its answer. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Peer peer;
    private String deviceId = "";

    Exchange(Request request, Response response, Callback callback, Peer peer) {
        this.peer = peer;
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    /** What a request's body is handed to. */
    @FunctionalInterface
    interface BodyAction {
        void handle(byte[] body) throws BadRequest;
    }

    Request request() {
        return request;
    }

    /** For an answer that does not come in one piece; whoever takes it completes {@link #callback}. */
    Response response() {
        return response;
    }

    /** Completed when the answer is. */
    Callback callback() {
        return callback;
    }

    /** The id of the device in the path, decoded and checked; empty where the path has none. */
    String deviceId() {
        return deviceId;
    }

    /** The device in the path was found. */
    void forDevice(String id) {
        deviceId = id;
    }

    /** Reads the body, of at most so many bytes, then goes on with it. */
    void read(int limit, BodyAction whenRead) {
        Consumer<byte[]> complete = body -> {
            requestIsComplete();
            attempt(() -> whenRead.handle(body));
        };
        BodyReader reader = new BodyReader(request, limit, complete, this::refuse, callback::failed);
        if (request.getLength() <= limit && request.getHeaders().contains(HttpHeader.EXPECT, "100-continue")) {
            CompletableFuture<Void> invited = response.writeInterim(HttpStatus.CONTINUE_100, HttpFields.EMPTY);
            if (request.getHeaders().contains(HttpHeader.CONNECTION, "close")) {
                // Jetty forgets that over the first answer
                header(HttpHeader.CONNECTION, "close");
            }
            var unused = invited.whenComplete((sent, failure) -> reader.run());
        } else {
            reader.run();
        }
    }

    void answer(int status, byte[] body) {
        response.getHeaders().put(NO_STORE);
        answer(status, JSON, body);
    }

    /** Answers with what is not JSON, to be kept by caches as the headers say. */
    void answer(int status, String contentType, byte[] body) {
        answer(status, new HttpField(HttpHeader.CONTENT_TYPE, contentType), body);
    }

    private void answer(int status, HttpField contentType, byte[] body) {
        requestIsComplete();
        response.setStatus(status);
        response.getHeaders().put(contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        ByteBuffer content = request.getMethod().equals("HEAD") ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body);
        response.write(true, content, callback);
    }

    /** Answers when the result is there. */
    <T> void answerWhen(CompletableFuture<T> result, Function<T, byte[]> body) {
        whenDone(result, value -> answer(200, body.apply(value)));
    }

    /** Goes on when the result is there; answers when there is none. */
    <T> void whenDone(CompletableFuture<T> result, Consumer<T> action) {
        BiConsumer<T, @Nullable Throwable> answer = (value, failure) -> {
            if (failure == null) {
                action.accept(value);
            } else {
                fail(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        };
        // whoever completes it has better things to do than to answer
        var unused = result.isDone()
                ? result.whenComplete(answer)
                : result.whenCompleteAsync(
                        answer, request.getConnectionMetaData().getConnector().getExecutor());
    }

    void refuse(BadRequest refused) {
        answer(refused.status(), Answers.error(String.valueOf(refused.getMessage()), refused.errors()));
    }

    void refuse(int status, String error) {
        answer(status, Answers.error(error, List.of()));
    }

    void header(HttpHeader header, String value) {
        header(header.asString(), value);
    }

    void header(String header, String value) {
        response.getHeaders().put(header, value);
    }

    /** Answers a failure of ours: what the client can do about it, and no details. */
    void fail(@Nullable Throwable cause) {
        if (cause instanceof Gates.TooManyGates) {
            refuse(503, "too many devices");
        } else if (cause instanceof StoreException || cause instanceof StationDatabase.NotOpen) {
            header(HttpHeader.RETRY_AFTER, "5");
            refuse(503, "storage unavailable");
        } else {
            String id = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("Request {} could not be answered", id, cause);
            request.setAttribute(FileJournal.FAILURE, "request id " + id + ": " + cause);
            header("X-Request-Id", id);
            refuse(500, "internal error");
        }
    }

    /** Runs what may refuse the request. */
    void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (BadRequest e) {
            refuse(e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The other end. */
    Peer peer() {
        return peer;
    }

    /** Where the request came from, in canonical form; null when that is no IP address. */
    @Nullable
    String source() {
        return peer.address();
    }

    /** The request has come completely: from now on nobody but us is slow. */
    void requestIsComplete() {
        peer.requestIsComplete(request.getConnectionMetaData().getConnection());
    }

    /** Something that may refuse the request. */
    @FunctionalInterface
    interface Attempt {
        void run() throws BadRequest;
    }
}

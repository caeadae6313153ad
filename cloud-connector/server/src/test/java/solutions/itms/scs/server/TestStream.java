package solutions.itms.scs.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The events of a live stream, as a browser gets them. */
public final class TestStream implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;

    private final Stream<String> lines;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private String name = "";

    /** One event; a comment is an event named {@code comment}. */
    public record Event(String name, JsonNode data) {}

    private TestStream(Stream<String> lines) {
        this.lines = lines;
        Thread reader = new Thread(this::read, "live-reader");
        reader.setDaemon(true);
        reader.start();
    }

    static TestStream open(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<Stream<String>> answer = http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("status " + answer.statusCode());
            }
            return new TestStream(answer.body());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next event, whatever it is. */
    public Event next() throws InterruptedException {
        Event event = events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    /** The next event of this name whose data has this value, others left out. */
    public Event next(String eventName, String member, String value) throws InterruptedException {
        while (true) {
            Event event = next();
            if (event.name().equals(eventName)
                    && event.data().path(member).asText().equals(value)) {
                return event;
            }
        }
    }

    public boolean endsInTime() throws InterruptedException {
        return ended.await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    @Override
    public void close() {
        lines.close();
    }

    private void read() {
        try {
            lines.forEach(this::take);
        } catch (RuntimeException e) {
            // the server or the test closed it
        } finally {
            ended.countDown();
        }
    }

    private void take(String line) {
        if (line.startsWith("event: ")) {
            name = line.substring(7);
        } else if (line.startsWith("data: ")) {
            events.add(new Event(name, TestApi.json(line.substring(6))));
        } else if (line.startsWith(":")) {
            events.add(new Event("comment", TestApi.json("{}")));
        }
    }
}

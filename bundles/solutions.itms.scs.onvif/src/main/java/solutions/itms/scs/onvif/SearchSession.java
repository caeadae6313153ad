package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * One search at a device: begun, read page by page, ended. A device ends it by itself once it has said that it is
 * complete, and faults on whatever comes after that; in every other case it is ended here. Used once.
 */
final class SearchSession<T> {
    /** Every device keeps a session as long as that; longer may be refused. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int PAGE = 200;
    private static final int MAX_READ = 50_000;

    /**
     * What is searched.
     *
     * @param content of the request that begins it
     * @param results the operation that reads pages
     * @param reader takes what is wanted out of a page
     */
    record Plan<T>(String find, String content, String results, Function<XmlNode, List<T>> reader, int limit) {}

    private final OnvifDevice device;
    private final Plan<T> plan;
    private final long deadline;
    private final List<T> found = new ArrayList<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private int read;
    private volatile boolean stopped;

    SearchSession(OnvifDevice device, Plan<T> plan, Duration longest) {
        this.device = device;
        this.plan = plan;
        this.deadline = device.loop().nanos() + longest.toNanos();
    }

    CompletableFuture<Found<T>> run() {
        CompletableFuture<Found<T>> result = device.call(device.read(Service.SEARCH, plan.find())
                        .with(plan.content())
                        .withContent()
                        .once())
                .thenCompose(node -> {
                    String token = node.text("SearchToken").orElse("");
                    return token.isEmpty()
                            ? CompletableFuture.failedFuture(new OnvifException(
                                    OnvifException.Kind.MALFORMED, plan.find() + " gives no token of a search"))
                            : page(token);
                });
        result.whenComplete((done, failure) -> over.complete(null));
        return result;
    }

    /** Ends it after the page that is being read. */
    CompletableFuture<Void> stop() {
        stopped = true;
        return over;
    }

    private CompletableFuture<Found<T>> page(String token) {
        if (stopped) {
            return ended(token)
                    .thenCompose(done -> CompletableFuture.failedFuture(
                            new OnvifException(OnvifException.Kind.STOPPED, "the search was stopped")));
        }
        String parameters = "<tse:SearchToken>" + XmlNode.escape(token) + "</tse:SearchToken><tse:MinResults>1"
                + "</tse:MinResults><tse:MaxResults>" + PAGE + "</tse:MaxResults><tse:WaitTime>" + WAIT
                + "</tse:WaitTime>";
        return device.call(device.read(Service.SEARCH, plan.results())
                        .with(parameters)
                        .withContent()
                        .once()
                        .within(device.limit().plus(WAIT)))
                .handle((node, failure) -> node == null ? failed(token, failure) : take(token, node))
                .thenCompose(next -> next);
    }

    private CompletableFuture<Found<T>> failed(String token, Throwable failure) {
        return ended(token).thenCompose(done -> CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Found<T>> take(String token, XmlNode node) {
        XmlNode list = node.child("ResultList").orElse(node);
        List<T> items = plan.reader().apply(list);
        int came = (int) list.children().stream()
                .filter(child -> !child.name().equals("SearchState"))
                .count();
        read += came;
        found.addAll(items);
        boolean full = found.size() > plan.limit();
        String state = list.text("SearchState").orElse("").toLowerCase(Locale.ROOT);
        if (state.equals("completed")) {
            return CompletableFuture.completedFuture(result(full));
        }
        // an unknown state is taken for an end once nothing comes any more
        boolean idle = came == 0 && !state.equals("searching") && !state.equals("queued");
        boolean late = device.loop().nanos() - deadline > 0;
        if (full || idle || late || read > MAX_READ) {
            return ended(token).thenApply(done -> result(!idle));
        }
        return came == 0 ? pause().thenCompose(done -> page(token)) : page(token);
    }

    private Found<T> result(boolean truncated) {
        return new Found<>(found.size() > plan.limit() ? found.subList(0, plan.limit()) : found, truncated);
    }

    /** Some answer at once with nothing. */
    private CompletableFuture<Void> pause() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        device.loop().after(PAUSE, () -> done.complete(null));
        return done;
    }

    /** Whatever comes of it. */
    private CompletableFuture<@Nullable Void> ended(String token) {
        return device.urgently(() -> device.soap()
                .call(device.read(Service.SEARCH, "EndSearch")
                        .with("<tse:SearchToken>" + XmlNode.escape(token) + "</tse:SearchToken>"))
                .handle((node, failure) -> null));
    }
}

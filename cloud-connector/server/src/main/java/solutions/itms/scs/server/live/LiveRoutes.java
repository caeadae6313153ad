package solutions.itms.scs.server.live;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.AuthRoutes;
import solutions.itms.scs.server.auth.Sessions.Session;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;

/** The stream of changes. Thread-safe. */
public final class LiveRoutes implements Routes {
    private static final int MAX_STREAMS = 200;

    private final LiveFeed feed;

    public LiveRoutes(LiveFeed feed) {
        this.feed = feed;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/live", this::open);
    }

    private void open(Context context) {
        Session session = AuthRoutes.session(context);
        if (feed.openStreams() >= MAX_STREAMS) {
            throw Problem.unavailable("Too many live streams are open.");
        }
        context.contentType("text/event-stream; charset=utf-8")
                // proxies must pass on each event at once
                .header("X-Accel-Buffering", "no")
                .header("Cache-Control", "no-store");
        context.future(() -> open(context, session));
    }

    private CompletableFuture<@Nullable Void> open(Context context, Session session) {
        try {
            LiveStream stream = new LiveStream(session, context.req().getAsyncContext());
            feed.open(stream);
            return stream.done();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

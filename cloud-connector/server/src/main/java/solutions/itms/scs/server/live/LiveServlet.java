package solutions.itms.scs.server.live;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.AuthRoutes;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Sessions.Session;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.StreamServlet;

/** The stream of changes, {@code /api/v1/live}. Thread-safe. */
public final class LiveServlet extends StreamServlet {
    private static final long serialVersionUID = 1L;
    private static final int MAX_STREAMS = 200;

    private final transient LiveFeed feed;
    private final transient AuthRoutes auth;

    public LiveServlet(LiveFeed feed, AuthRoutes auth) {
        this.feed = feed;
        this.auth = auth;
    }

    @Override
    protected void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Session session = auth.session(request);
        Access.require(session.person(), Permission.READ);
        if (feed.openStreams() >= MAX_STREAMS) {
            throw Problem.unavailable("Too many live streams are open.");
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        // proxies must pass on each event at once
        response.setHeader("X-Accel-Buffering", "no");
        // what comes behind a stream that broke off would be lost anyway
        response.setHeader("Connection", "close");
        feed.open(session, request.startAsync());
    }
}

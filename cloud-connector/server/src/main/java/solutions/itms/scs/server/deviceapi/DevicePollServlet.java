package solutions.itms.scs.server.deviceapi;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.command.Polls;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.StreamServlet;

/** A device asks for its commands and waits for them without a thread. Thread-safe. */
public final class DevicePollServlet extends StreamServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = LoggerFactory.getLogger(DevicePollServlet.class);
    private static final int MAX_WAIT_SECONDS = 30;

    private final transient DeviceGuard guard;
    private final transient Polls polls;
    private final transient Consumer<Changes> changed;

    public DevicePollServlet(DeviceGuard guard, Polls polls, Consumer<Changes> changed) {
        this.guard = guard;
        this.polls = polls;
        this.changed = changed;
    }

    @Override
    protected void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        GatewayIdentity gateway = guard.check(request, new byte[0]);
        int wait = wait(request);
        var news = polls.news(gateway.id());
        Polls.Answer now = poll(gateway);
        if (!now.isEmpty() || wait == 0) {
            answer(response, now);
            return;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        var unused = news.copy()
                .completeOnTimeout(false, wait, TimeUnit.SECONDS)
                .whenCompleteAsync((isNew, failure) -> finish(async, gateway));
    }

    private Polls.Answer poll(GatewayIdentity gateway) {
        Changes changes = new Changes();
        Polls.Answer answer = polls.poll(gateway.id(), changes);
        changed.accept(changes);
        return answer;
    }

    private void finish(AsyncContext async, GatewayIdentity gateway) {
        try {
            answer((HttpServletResponse) async.getResponse(), poll(gateway));
        } catch (IOException | RuntimeException e) {
            // what it did not get comes again
            LOGGER.debug("a device did not wait for its commands", e);
        } finally {
            async.complete();
        }
    }

    private static void answer(HttpServletResponse response, Polls.Answer answer) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(Json.bytes(answer));
    }

    private static int wait(HttpServletRequest request) {
        String wait = request.getParameter("wait");
        try {
            int seconds = wait == null ? 0 : Integer.parseInt(wait);
            if (seconds >= 0 && seconds <= MAX_WAIT_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badRequest("'wait' must be a number from 0 to " + MAX_WAIT_SECONDS + ".");
    }
}

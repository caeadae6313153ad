package solutions.itms.scs.server.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An answer that goes on after its handler has returned, or is too long for memory. It is a servlet beside Javalin, whose own way runs its handlers
 * again on a request that has gone, without end.
 */
public abstract class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> methods;

    protected StreamServlet() {
        this(Set.of("GET"));
    }

    /** @param methods that it answers */
    protected StreamServlet(Set<String> methods) {
        this.methods = methods;
    }

    /**
     * Starts to answer, asynchronously.
     *
     * @throws Problem if there is nothing to stream; the headers must not have been sent then
     */
    protected abstract void stream(HttpServletRequest request, HttpServletResponse response) throws IOException;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestId.create();
        SecurityHeaders.addTo(request, response, requestId);
        try {
            if (!methods.contains(request.getMethod())) {
                String allowed = methods.stream().sorted().collect(Collectors.joining(", "));
                throw new Problem(
                        405,
                        "method_not_allowed",
                        "Method not allowed",
                        "Allowed: " + allowed,
                        Map.of("Allow", allowed));
            }
            stream(request, response);
        } catch (Problem problem) {
            ErrorMapper.answer(response, problem, requestId);
        }
    }
}

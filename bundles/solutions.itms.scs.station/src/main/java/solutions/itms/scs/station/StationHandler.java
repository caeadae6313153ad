package solutions.itms.scs.station;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers gates and tools: section 6.1 of the station interface. Never blocks a thread of the server. */
final class StationHandler extends Handler.Abstract.NonBlocking {
    private final Router router;

    StationHandler(Router router) {
        this.router = router;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, "");
        exchange.attempt(() -> route(exchange, request, response, callback));
        return true;
    }

    private void route(Exchange unknown, Request request, Response response, Callback callback) throws BadRequest {
        String path = request.getHttpURI().getPath();
        Router.Match match = path == null ? null : router.find(path);
        if (match == null) {
            unknown.refuse(404, "not found");
            return;
        }
        Resource.Action action = match.resource().action(request.getMethod());
        if (action == null) {
            unknown.header(HttpHeader.ALLOW, match.resource().allowed());
            unknown.refuse(405, "method not allowed");
            return;
        }
        action.handle(new Exchange(request, response, callback, match.deviceId()));
    }
}

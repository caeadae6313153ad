package solutions.itms.scs.station;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets requests in, and hands them to what answers their path. Never blocks a thread of the server. */
final class StationHandler extends Handler.Abstract.NonBlocking {
    private final Router router;
    private final Access access;
    private final Gates gates;

    StationHandler(Router router, Access access, Gates gates) {
        this.router = router;
        this.access = access;
        this.gates = gates;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, peer(request));
        if (!request.getMethod().equals("POST")) {
            exchange.requestIsComplete();
        }
        exchange.attempt(() -> {
            if (access.admits(exchange)) {
                route(exchange, request);
            }
        });
        return true;
    }

    private void route(Exchange exchange, Request request) throws BadRequest {
        String method = request.getMethod();
        String path = request.getHttpURI().getPath();
        Router.Match match = path == null ? null : router.find(path);
        Traffic traffic = match == null ? Traffic.READ : match.resource().traffic(method);
        // whether a control write is limited depends on what it wants: its route decides
        if (traffic != Traffic.CONTROL && !access.withinRate(exchange, traffic)) {
            if (traffic == Traffic.HEARTBEAT) {
                gates.heardFrom(exchange.source());
            }
            return;
        }
        if (match == null) {
            exchange.refuse(404, "not found");
            return;
        }
        Resource.Action action = match.resource().action(method);
        if (action == null) {
            exchange.header(HttpHeader.ALLOW, match.resource().allowed());
            exchange.refuse(405, "method not allowed");
        } else if (traffic != Traffic.CONTROL || access.admitsControl(exchange)) {
            exchange.forDevice(match.deviceId());
            action.handle(exchange);
        }
    }

    private Peer peer(Request request) {
        Object known = request.getConnectionMetaData().getAttribute(Peer.ATTRIBUTE);
        return known instanceof Peer peer
                ? peer
                : access.peer(request.getConnectionMetaData().getRemoteSocketAddress());
    }
}

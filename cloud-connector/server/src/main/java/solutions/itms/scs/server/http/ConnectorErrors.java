package solutions.itms.scs.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before a route is looked for, such as headers that are too large. Stateless. */
final class ConnectorErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = ErrorMapper.ofStatus(response.getStatus());
        SecurityHeaders.ALWAYS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorMapper.TYPE);
        byte[] body = Json.bytes(ErrorMapper.members(problem, RequestId.create()));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}

package solutions.itms.scs.station;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Recognises requests that a browser makes for a page of another site. */
final class SameOrigin {
    private SameOrigin() {}

    /** Whether nothing speaks against a page of ours; what is no browser says neither. */
    static boolean made(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        return origin == null || (host != null && origin.equalsIgnoreCase(scheme(request) + "://" + host));
    }

    private static String scheme(Request request) {
        return request.isSecure() ? "https" : "http";
    }
}

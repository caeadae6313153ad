package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * What answers one path, by method. HEAD is answered as GET without the body.
 *
 * @param get answers GET; null = not allowed
 * @param post answers POST; null = not allowed
 * @param postTraffic what a POST is
 */
record Resource(@Nullable Action get, @Nullable Action post, Traffic postTraffic) {

    /** Answers one request, now or later; must not block. */
    @FunctionalInterface
    interface Action {
        void handle(Exchange exchange) throws BadRequest;
    }

    static Resource read(Action get) {
        return new Resource(get, null, Traffic.READ);
    }

    Resource withPost(Traffic traffic, Action action) {
        return new Resource(get, action, traffic);
    }

    static Resource post(Traffic traffic, Action action) {
        return new Resource(null, action, traffic);
    }

    /** What answers this method, or null. */
    @Nullable
    Action action(String method) {
        return switch (method) {
            case "POST" -> post;
            case "GET", "HEAD" -> get;
            default -> null;
        };
    }

    Traffic traffic(String method) {
        return method.equals("POST") ? postTraffic : Traffic.READ;
    }

    /** The methods, as the Allow header names them. */
    String allowed() {
        if (get == null) {
            return "POST";
        }
        return post == null ? "GET, HEAD" : "GET, HEAD, POST";
    }
}

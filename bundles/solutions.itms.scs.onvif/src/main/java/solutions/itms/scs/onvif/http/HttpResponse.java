package solutions.itms.scs.onvif.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status 100 to 999
 * @param headers in their order; names as they came
 * @param body as it was sent, without the transfer coding; nobody may change it
 * @param complete false when the connection ended before all that was announced
 */
public record HttpResponse(int status, List<Map.Entry<String, String>> headers, byte[] body, boolean complete) {
    public HttpResponse {
        headers = List.copyOf(headers);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    /** All headers of this name. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}

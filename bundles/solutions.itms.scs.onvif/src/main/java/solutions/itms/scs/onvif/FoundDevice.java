package solutions.itms.scs.onvif;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A device that answered a search.
 *
 * @param id its endpoint reference, the same on every interface and address, such as urn:uuid:…
 * @param addresses where its device service is, as it says; the host it answered from when it says nothing
 * @param from the host it answered from
 * @param scopes such as onvif://www.onvif.org/name/Gate
 */
public record FoundDevice(String id, List<String> addresses, String from, List<String> scopes) {
    public FoundDevice {
        addresses = List.copyOf(addresses);
        scopes = List.copyOf(scopes);
    }

    /** The rest of the first scope of this category, such as name, hardware or location. */
    public Optional<String> scope(String category) {
        String start = "onvif://www.onvif.org/" + category.toLowerCase(Locale.ROOT) + "/";
        return scopes.stream()
                .filter(scope -> scope.toLowerCase(Locale.ROOT).startsWith(start))
                .map(scope -> scope.substring(start.length()).replace("%20", " "))
                .filter(rest -> !rest.isBlank())
                .findFirst();
    }
}

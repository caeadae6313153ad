package solutions.itms.scs.server.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Somebody who has logged in, as the API shows it. */
public record Person(String username, String role) {
    /** Whether the person may do that. */
    public boolean may(Permission permission) {
        return Role.of(role)
                .map(known -> known.permissions().contains(permission))
                .orElse(false);
    }

    /** All that the person may do, by name. */
    @JsonProperty
    public List<Permission> permissions() {
        return Role.of(role).stream()
                .flatMap(known -> known.permissions().stream())
                .sorted()
                .toList();
    }
}

package solutions.itms.scs.api.server;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import solutions.itms.scs.message.command.SignedRequests;

/** How this gateway reaches the server's HTTP API, with the key and the address that commands use. Thread-safe. */
@ProviderType
public interface ServerAccess {
    /** Makes signed requests as it is configured now; empty while address or key is missing. */
    Optional<SignedRequests> requests();
}

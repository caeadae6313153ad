package solutions.itms.scs.server.artifact;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.http.Problem;

/** Makes addresses by which a file can be fetched for a short time. Thread-safe. */
final class Downloads {
    static final String PATH = "/api/v1/downloads/";

    private final ObjectStore store;
    private final Links links;
    private final Clock clock;

    Downloads(ObjectStore store, Links links, Clock clock) {
        this.store = store;
        this.links = links;
        this.clock = clock;
    }

    /** An address. @param url of this server, or of the store itself where that is allowed */
    record Address(String url, Instant expiresAt) {}

    /** @throws Problem 409 while it is not whole, 404 when it is gone */
    Address link(Artifact artifact, boolean download, String actor, @Nullable String requestId) {
        switch (artifact.state()) {
            case READY -> {}
            case UPLOADING -> throw Problem.conflict("not_ready", "This file is not whole yet.");
            case FAILED, DELETED -> throw Problem.notFound("This file is not there, or not there any more.");
        }
        Disposition disposition = Disposition.of(artifact, download);
        Optional<URI> own = store.address(artifact.id(), links.life(), disposition.type(), disposition.header());
        if (own.isPresent()) {
            return new Address(own.get().toString(), clock.instant().plus(links.life()));
        }
        Links.Link link = links.make(artifact, Links.Purpose.GET, actor, requestId);
        String url = PATH + artifact.id() + "?" + (download ? "download=1&" : "") + "token=" + link.token();
        return new Address(url, link.expiresAt());
    }
}

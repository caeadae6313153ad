package solutions.itms.scs.server.artifact;

import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How a browser treats a file: by the server's type and name for it, never by what the uploader or its bytes say.
 *
 * @param type with its charset
 * @param header of Content-Disposition
 */
record Disposition(String type, String header) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** @param download save it even if it could be shown */
    static Disposition of(Artifact artifact, boolean download) {
        MediaType type = artifact.type();
        String site =
                artifact.gatewayId() == null ? "" : "-" + artifact.gatewayId().replaceAll("[^A-Za-z0-9_-]", "_");
        String name = artifact.kind().code() + site + "-" + STAMP.format(artifact.createdAt()) + "-"
                + artifact.id().substring(0, 8) + "." + type.extension();
        String how = type.isInline() && !download ? "inline" : "attachment";
        return new Disposition(type.header(), how + "; filename=\"" + name + "\"");
    }

    void addTo(HttpServletResponse response) {
        response.setContentType(type);
        response.setHeader("Content-Disposition", header);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}

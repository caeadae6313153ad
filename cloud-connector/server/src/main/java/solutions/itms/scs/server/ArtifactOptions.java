package solutions.itms.scs.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.artifact.ArtifactSettings;
import solutions.itms.scs.server.artifact.Kind;
import solutions.itms.scs.server.artifact.S3Settings;

/** What may be uploaded and where it is kept, from the command line and the environment. */
final class ArtifactOptions {
    static final String PRESIGNED = "--s3-presigned";

    static final Set<String> NAMES = Set.of(
            "--artifact-max-mb",
            "--artifact-gateway-mb",
            "--artifact-account-mb",
            "--artifact-gateway-files",
            "--artifact-stale-minutes",
            "--artifact-days",
            "--s3-bucket",
            "--s3-url",
            "--s3-region",
            "--s3-prefix",
            "--s3-access-key",
            "--s3-secret-key-file");

    private static final long MIB = 1024 * 1024;
    private static final long MAX_MIB = 1024 * 1024;
    private static final long MAX_QUOTA_MIB = 1024 * MAX_MIB;
    private static final int MAX_FILES = 1_000_000;
    private static final int MAX_STALE = 1_440;
    private static final int MAX_DAYS = 3_650;

    private ArtifactOptions() {}

    static ArtifactSettings settings(Options options, Map<String, String> environment) throws StartException {
        ArtifactSettings preset = ArtifactSettings.DEFAULT;
        return new ArtifactSettings(
                MIB * options.whole("--artifact-max-mb", preset.maxBytes() / MIB, 1, MAX_MIB),
                MIB * options.whole("--artifact-gateway-mb", preset.gatewayBytes() / MIB, 1, MAX_QUOTA_MIB),
                MIB * options.whole("--artifact-account-mb", preset.accountBytes() / MIB, 1, MAX_QUOTA_MIB),
                (int) options.whole("--artifact-gateway-files", preset.gatewayCount(), 1, MAX_FILES),
                preset.openUploads(),
                preset.reserveBytes(),
                Duration.ofMinutes(options.whole(
                        "--artifact-stale-minutes", preset.staleAfter().toMinutes(), 1, MAX_STALE)),
                preset.keepPartial(),
                preset.linkLife(),
                keep(options, preset),
                s3(options, environment));
    }

    private static Map<Kind, Duration> keep(Options options, ArtifactSettings preset) throws StartException {
        Map<Kind, Duration> keep = new HashMap<>(preset.keep());
        for (String entry : options.text("--artifact-days").orElse("").split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            String[] parts = entry.strip().split("=", 2);
            Kind kind = Kind.of(parts[0]).orElse(null);
            int days = parts.length == 2 && parts[1].matches("[0-9]{1,4}") ? Integer.parseInt(parts[1]) : 0;
            if (kind == null || days < 1 || days > MAX_DAYS) {
                throw Options.usage(
                        "option --artifact-days must look like log=30,clip=14 with kinds log, snapshot, clip,"
                                + " other, video, recording and 1 to " + MAX_DAYS + " days, not " + entry);
            }
            keep.put(kind, Duration.ofDays(days));
        }
        return keep;
    }

    private static @Nullable S3Settings s3(Options options, Map<String, String> environment) throws StartException {
        Optional<String> bucket = options.text("--s3-bucket");
        if (bucket.isEmpty()) {
            return null;
        }
        String access = options.value("--s3-access-key", environment, "SCS_S3_ACCESS_KEY")
                .orElseThrow(() -> Options.usage("--s3-bucket needs --s3-access-key, or SCS_S3_ACCESS_KEY"));
        String secret = options.secret("--s3-secret-key-file", environment, "SCS_S3_SECRET_KEY");
        if (secret.isEmpty()) {
            throw Options.usage("--s3-bucket needs --s3-secret-key-file, or SCS_S3_SECRET_KEY");
        }
        return new S3Settings(
                url(options.text("--s3-url").orElse("")),
                options.text("--s3-region").orElse("us-east-1"),
                bucket.get(),
                options.text("--s3-prefix").orElse(""),
                access,
                secret,
                options.has(PRESIGNED));
    }

    private static @Nullable URI url(String text) throws StartException {
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI url = new URI(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw Options.usage("option --s3-url must look like https://host:9000");
    }
}

package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects in a bucket of an S3 store; large ones are sent in parts. Thread-safe. */
final class S3ObjectStore implements ObjectStore {
    private static final long PART = 16L * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final S3Settings settings;
    private final S3Client client;
    private final S3Presigner presigner;

    private S3ObjectStore(S3Settings settings, S3Client client, S3Presigner presigner) {
        this.settings = settings;
        this.client = client;
        this.presigner = presigner;
    }

    /** @throws IOException if the bucket can't be used */
    static S3ObjectStore open(S3Settings settings) throws IOException {
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
        Region region = Region.of(settings.region());
        S3Configuration pathStyle = S3Configuration.builder()
                .pathStyleAccessEnabled(settings.endpoint() != null)
                .build();
        S3ClientBuilder builder = S3Client.builder()
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(pathStyle)
                // our own SHA-256 is compared; other makers' stores do not all know these
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(READ));
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(pathStyle);
        URI endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
            presigner.endpointOverride(endpoint);
        }
        S3ObjectStore store = new S3ObjectStore(settings, builder.build(), presigner.build());
        try {
            store.client.headBucket(bucket -> bucket.bucket(settings.bucket()));
            return store;
        } catch (SdkException e) {
            store.close();
            throw new IOException("cannot use the S3 bucket " + settings.bucket() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void put(String id, Path file, MediaType type) throws IOException {
        try {
            if (Files.size(file) <= PART) {
                client.putObject(
                        put -> put.bucket(settings.bucket()).key(key(id)).contentType(type.code()),
                        RequestBody.fromFile(file));
            } else {
                putInParts(id, file, type);
            }
        } catch (SdkException e) {
            throw failed(e);
        }
        Files.delete(file);
    }

    private void putInParts(String id, Path file, MediaType type) throws IOException {
        String upload = client.createMultipartUpload(
                        create -> create.bucket(settings.bucket()).key(key(id)).contentType(type.code()))
                .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long size = Files.size(file);
            for (long at = 0; at < size; at += PART) {
                parts.add(putPart(id, file, upload, parts.size() + 1, at, Math.min(PART, size - at)));
            }
            client.completeMultipartUpload(complete -> complete.bucket(settings.bucket())
                    .key(key(id))
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts)));
        } catch (SdkException | IOException e) {
            abort(id, upload);
            throw e;
        }
    }

    private CompletedPart putPart(String id, Path file, String upload, int number, long from, long length) {
        // the provider is asked again when the part is sent again
        RequestBody body =
                RequestBody.fromContentProvider(() -> part(file, from, length), length, "application/octet-stream");
        String etag = client.uploadPart(
                        part -> part.bucket(settings.bucket())
                                .key(key(id))
                                .uploadId(upload)
                                .partNumber(number)
                                .contentLength(length),
                        body)
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static InputStream part(Path file, long from, long length) {
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(from);
            return new LimitedInputStream(in, length);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void abort(String id, String upload) {
        try {
            client.abortMultipartUpload(
                    abort -> abort.bucket(settings.bucket()).key(key(id)).uploadId(upload));
        } catch (SdkException e) {
            // a store has a rule of its own for parts that nobody completes
        }
    }

    @Override
    public OptionalLong size(String id) throws IOException {
        try {
            return OptionalLong.of(
                    client.headObject(head -> head.bucket(settings.bucket()).key(key(id)))
                            .contentLength());
        } catch (NoSuchKeyException e) {
            return OptionalLong.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw failed(e);
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    @Override
    public InputStream open(String id, long from, long length) throws IOException {
        if (length <= 0) {
            return InputStream.nullInputStream();
        }
        try {
            return client.getObject(get ->
                    get.bucket(settings.bucket()).key(key(id)).range("bytes=" + from + "-" + (from + length - 1)));
        } catch (NoSuchKeyException e) {
            throw new NoSuchFileException(id);
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    @Override
    public void delete(String id) throws IOException {
        try {
            client.deleteObject(delete -> delete.bucket(settings.bucket()).key(key(id)));
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    @Override
    public void list(Listing listing) throws IOException {
        try {
            for (S3Object object : client.listObjectsV2Paginator(
                            list -> list.bucket(settings.bucket()).prefix(settings.prefix()))
                    .contents()) {
                String id = object.key().substring(settings.prefix().length());
                // others may keep something in the bucket as well
                if (id.matches("[0-9a-f]{32}")) {
                    listing.object(id, object.size(), object.lastModified());
                }
            }
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    @Override
    public Optional<URI> address(String id, Duration life, String type, String disposition) {
        if (!settings.presigned()) {
            return Optional.empty();
        }
        return Optional.of(URI.create(presigner
                .presignGetObject(presign -> presign.signatureDuration(life)
                        .getObjectRequest(get -> get.bucket(settings.bucket())
                                .key(key(id))
                                .responseContentType(type)
                                .responseContentDisposition(disposition)))
                .url()
                .toString()));
    }

    @Override
    public void close() {
        presigner.close();
        client.close();
    }

    private String key(String id) {
        return settings.prefix() + id;
    }

    private static IOException failed(SdkException e) {
        return new IOException("the S3 store failed: " + e.getMessage(), e);
    }
}

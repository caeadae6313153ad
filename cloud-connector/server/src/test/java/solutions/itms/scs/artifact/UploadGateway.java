package solutions.itms.scs.artifact;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.store.FileStores;

/** A gateway's uploader as a process of its own: makes one file at its first start, and uploads until it is killed. */
public final class UploadGateway {
    private static final int BLOCK = 64 * 1024;

    private UploadGateway() {}

    /** Arguments: folder, URL of the server, key, bytes of a file, and how many of it one after the other. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        SignedRequests requests = new SignedRequests(URI.create(args[1]), SigningKey.parse(args[2]), Clock.systemUTC());
        long size = Long.parseLong(args[3]);
        Settings settings = new Settings(size * 2, size * 2, 10, Duration.ofDays(1), 2, 0);
        Spool spool = Spool.open(new FileStores(folder, Clock.systemUTC()), () -> settings, Clock.systemUTC());
        SpoolingUploader uploader = new SpoolingUploader(
                spool,
                () -> Optional.of(requests),
                (name, metrics) -> print(metrics),
                Clock.systemUTC(),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                settings);
        uploader.start();
        int files = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        for (int i = 0; i < files && !Files.exists(folder.resolve("made-" + i)); i++) {
            while (!spool.all().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            make(uploader, size);
            Files.createFile(folder.resolve("made-" + i));
        }
        new CountDownLatch(1).await();
    }

    private static void make(SpoolingUploader uploader, long size) throws Exception {
        try (ArtifactDraft draft = uploader.draft(
                new ArtifactInfo("load.bin", "application/octet-stream", ArtifactKind.OTHER, "GATE-1", null))) {
            write(draft.stream(), size);
            var reference = draft.finish();
            System.out.println("file " + reference.id() + " " + reference.sha256());
            print(Map.of("state", "began"));
        }
    }

    private static void print(Map<String, Object> metrics) {
        System.out.println(metrics.get("state") + " " + System.nanoTime());
        System.out.flush();
    }

    private static void write(OutputStream out, long size) throws Exception {
        Random random = new Random(size);
        byte[] block = new byte[BLOCK];
        for (long left = size; left > 0; left -= block.length) {
            random.nextBytes(block);
            out.write(block, 0, (int) Math.min(block.length, left));
        }
    }
}

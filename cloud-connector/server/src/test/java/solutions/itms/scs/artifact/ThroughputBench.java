package solutions.itms.scs.artifact;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Throughput of uploads and downloads beside curl and nginx. Prints the figures beside their bars. */
public final class ThroughputBench {
    private static final int BLOCK = 64 * 1024;
    private static final double UPLOAD_BAR = 0.70;
    private static final double DOWNLOAD_BAR = 0.80;

    private final Path work;
    private final long size = Long.getLong("scs.artifact.bytes", 1_000_000_000L);
    private final int rounds = Integer.getInteger("scs.artifact.rounds", 3);
    private final int nginxPort;

    private ThroughputBench(Path work) throws Exception {
        this.work = work;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nginxPort = free.getLocalPort();
        }
    }

    /** Argument: the folder with the configuration of nginx. */
    public static void main(String[] args) throws Exception {
        System.exit(new ThroughputBench(Path.of(args[0])).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Path conf = work.resolve("nginx.conf");
        Files.writeString(conf, Files.readString(conf).replace("NGINX_PORT", String.valueOf(nginxPort)));
        Process nginx = new ProcessBuilder("nginx", "-c", conf.toString(), "-p", work.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("nginx.out").toFile())
                .start();
        Path file = work.resolve("file");
        try (OutputStream out = Files.newOutputStream(file);
                UploadRun run = new UploadRun(work.resolve("run"), size, 256)) {
            Random random = new Random(size);
            byte[] block = new byte[BLOCK];
            for (long left = size; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(block.length, left));
            }
            out.flush();
            return compare(run, file);
        } finally {
            nginx.destroy();
            nginx.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private boolean compare(UploadRun run, Path file) throws Exception {
        double theirs = 0;
        double ours = 0;
        for (int i = 0; i < rounds; i++) {
            theirs = Math.max(theirs, curl("-T", file.toString(), nginx("put")));
        }
        // the first one warms both ends up, which in use run for months
        List<UploadRun.Upload> uploads = run.uploadDirectly(rounds + 1);
        for (UploadRun.Upload upload : uploads.subList(1, uploads.size())) {
            ours = Math.max(ours, size / upload.seconds() / 1e6);
        }
        String id = uploads.get(0).id();
        boolean well = figure("upload", ours, "curl PUT to nginx", theirs, UPLOAD_BAR);
        double theirDownload = 0;
        double ourDownload = 0;
        String range = "0-" + (size - 1);
        for (int i = 0; i < rounds; i++) {
            theirDownload = Math.max(theirDownload, curl("-r", range, nginx("put")));
            ourDownload = Math.max(ourDownload, curl("-r", range, run.link(id)));
        }
        return figure("download with Range", ourDownload, "nginx", theirDownload, DOWNLOAD_BAR) && well;
    }

    private String nginx(String path) {
        return "http://127.0.0.1:" + nginxPort + "/" + path;
    }

    /** MB a second. */
    private double curl(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("curl", "-s", "-f", "-H", "Expect:", "-o", "/dev/null", "-w", "%{time_total}"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        String seconds = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("curl failed: " + String.join(" ", arguments));
        }
        return size / Double.parseDouble(seconds) / 1e6;
    }

    private static boolean figure(String what, double ours, String peer, double theirs, double bar) {
        boolean well = ours >= bar * theirs;
        System.out.printf(
                "%s: %.0f MB/s; %s %.0f MB/s; %.0f %% (bar %.0f %%) %s%n",
                what, ours, peer, theirs, 100 * ours / theirs, 100 * bar, well ? "ok" : "SHORT");
        return well;
    }
}

package solutions.itms.scs.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import solutions.itms.scs.server.TestApi;
import solutions.itms.scs.testkit.FreePort;

/** One large file over a line that is cut at random, with the gateway and the server killed on the way. */
public final class UploadRun implements AutoCloseable {
    private static final double BAR = 1.05;
    private static final int GATEWAY_HEAP = 64;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final Path folder;
    private final long size;
    private final int serverHeap;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private Process server;
    private Process gateway;
    private String key = "";

    UploadRun(Path folder, long size, int serverHeapMb) throws Exception {
        this.folder = folder;
        this.size = size;
        this.serverHeap = serverHeapMb;
        port = FreePort.next();
        server = startServer();
    }

    /** What it came to. */
    public record Figures(boolean whole, double sentPerByte, int cuts, int kills, double seconds) {}

    Figures run(int cuts, int kills) throws Exception {
        key = gatewayKey();
        try (CuttingProxy proxy = new CuttingProxy(port)) {
            Random random = new Random(7);
            for (int i = 0; i < cuts + 2 * kills; i++) {
                proxy.cutAt(size / 50 + (long) (random.nextDouble() * size * 0.95));
            }
            String url = "http://127.0.0.1:" + proxy.port();
            Path out = folder.resolve("gateway-out");
            gateway = startGateway(url, out);
            await(() -> text(out).contains("file "));
            String[] words = text(out)
                    .lines()
                    .filter(line -> line.startsWith("file "))
                    .findFirst()
                    .orElseThrow()
                    .split(" ");
            long begun = System.nanoTime();
            for (int i = 0; i < cuts + 2 * kills; i++) {
                if (proxy.done().poll(2, TimeUnit.MINUTES) == null) {
                    throw new IllegalStateException("the upload does not go on: " + text(out));
                }
                if (i < 2 * kills && i % 2 == 0) {
                    gateway.destroyForcibly().waitFor();
                    gateway = startGateway(url, out);
                } else if (i < 2 * kills) {
                    server.destroyForcibly().waitFor();
                    server = startServer();
                }
            }
            await(() -> text(out).contains("uploaded "));
            double seconds = (System.nanoTime() - begun) / 1e9;
            boolean whole = words[2].equals(downloaded(words[1]));
            return new Figures(whole, (double) proxy.sent() / size, cuts, kills, seconds);
        }
    }

    /** One upload. @param seconds from the first request until the server has confirmed the whole file */
    record Upload(String id, double seconds) {}

    /** Uploads a file so many times, without a line between, by a gateway of its own. */
    List<Upload> uploadDirectly(int files) throws Exception {
        if (key.isEmpty()) {
            key = gatewayKey();
        }
        Path out = folder.resolve("gateway-direct");
        Process made = java(
                GATEWAY_HEAP,
                out,
                UploadGateway.class.getName(),
                out + "-data",
                "http://127.0.0.1:" + port,
                key,
                String.valueOf(size),
                String.valueOf(files));
        await(() -> values(out, "uploaded").size() == files || !made.isAlive());
        made.destroyForcibly().waitFor();
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            long nanos = Long.parseLong(values(out, "uploaded").get(i))
                    - Long.parseLong(values(out, "began").get(i));
            uploads.add(new Upload(values(out, "file").get(i).split(" ")[0], nanos / 1e9));
        }
        return uploads;
    }

    private static List<String> values(Path out, String name) {
        return text(out)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    /** The whole address of a download. */
    String link(String id) throws Exception {
        TestApi api = new TestApi("http://127.0.0.1:" + port);
        api.login(
                "admin",
                Files.readString(folder.resolve("data/first-run-password")).strip());
        String url = TestApi.json(api.post("/api/v1/artifacts/" + id + "/link", "{}"))
                .get("url")
                .asText();
        return api.address() + url;
    }

    /** The checksum of what a person gets. */
    private String downloaded(String id) throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(link(id))).build(), HttpResponse.BodyHandlers.ofInputStream());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[64 * 1024];
        try (InputStream in = answer.body()) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private Process startServer() throws Exception {
        Path out = folder.resolve("server-out-" + processes.size());
        Process process = java(
                serverHeap,
                out,
                "solutions.itms.scs.server.Main",
                "run",
                "--data",
                folder.resolve("data").toString(),
                "--http-port",
                String.valueOf(port),
                "--mqtt-port",
                "0");
        await(() -> text(out).contains("ready ") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException(text(out));
        }
        return process;
    }

    private Process startGateway(String url, Path out) throws Exception {
        return java(
                GATEWAY_HEAP,
                out,
                UploadGateway.class.getName(),
                folder.resolve("gateway").toString(),
                url,
                key,
                String.valueOf(size));
    }

    private String gatewayKey() throws Exception {
        Path out = folder.resolve("add-gateway");
        java(
                        64,
                        out,
                        "solutions.itms.scs.server.Main",
                        "add-gateway",
                        "GW-1",
                        "--data",
                        folder.resolve("data").toString())
                .waitFor();
        return text(out)
                .lines()
                .filter(line -> line.contains("Executor/gateway.key="))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(text(out)));
    }

    private Process java(int heapMb, Path out, String... words) throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heapMb + "m"));
        command.addAll(
                List.of(System.getProperty("scs.artifact.java", "-Xshare:auto").split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        out.resolveSibling(out.getFileName() + ".err").toFile()))
                .start();
        processes.add(process);
        return process;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IllegalStateException("it took too long");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Arguments: folder; properties say how large and how often. Prints the figures beside their bars. */
    public static void main(String[] args) throws Exception {
        System.exit(printed(Path.of(args[0])) ? 0 : 1);
    }

    private static boolean printed(Path folder) throws Exception {
        long size = Long.getLong("scs.artifact.bytes", 1_000_000_000L);
        int cuts = Integer.getInteger("scs.artifact.cuts", 20);
        int kills = Integer.getInteger("scs.artifact.kills", 2);
        try (UploadRun run = new UploadRun(folder, size, Integer.getInteger("scs.artifact.heap", 160))) {
            Figures figures = run.run(cuts, kills);
            boolean well = figures.whole() && figures.sentPerByte() <= BAR;
            System.out.printf(
                    "%d bytes, %d cuts, gateway and server killed %d times each: checksum %s, %.3f bytes sent per byte"
                            + " (bar %.2f), %.1f s, gateway -Xmx%dm, server -Xmx%dm %s%n",
                    size,
                    cuts,
                    kills,
                    figures.whole() ? "right" : "WRONG",
                    figures.sentPerByte(),
                    BAR,
                    figures.seconds(),
                    GATEWAY_HEAP,
                    run.serverHeap,
                    well ? "ok" : "SHORT");
            return well;
        }
    }
}

package solutions.itms.scs.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import solutions.itms.scs.server.artifact.S3Settings;
import solutions.itms.scs.testkit.FreePort;

/** A real S3 server as a process of its own, with its objects in a folder. */
final class S3Proxy implements AutoCloseable {
    static final String BUCKET = "files";
    private static final String ACCESS = "test-access";
    private static final String SECRET = "test-secret";

    private final Process process;
    private final Path folder;
    private final int port;

    private S3Proxy(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    static S3Proxy start(Path folder) throws Exception {
        int port = FreePort.next();
        Files.createDirectories(folder.resolve("objects").resolve(BUCKET));
        Path config = folder.resolve("s3proxy.conf");
        Files.writeString(config, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS, SECRET, folder.resolve("objects")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target/s3proxy/s3proxy.jar").toAbsolutePath().toString(),
                        "--properties",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        S3Proxy proxy = new S3Proxy(process, folder, port);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || proxy.answers());
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("s3proxy.log")));
        }
        return proxy;
    }

    S3Settings settings(boolean presigned) {
        return new S3Settings(
                URI.create("http://127.0.0.1:" + port), "us-east-1", BUCKET, "scs/", ACCESS, SECRET, presigned);
    }

    /** As a file: somebody else may lose it. */
    Path object(String id) {
        return folder.resolve("objects").resolve(BUCKET).resolve("scs").resolve(id);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}

package solutions.itms.scs.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.store.FileStores;

/**
 * A gateway as a process of its own, to be killed. Takes signed commands as lines, prints {@code subject body}; each
 * effect is a line in a file, on the disk before it counts.
 */
final class KillSite {
    private KillSite() {}

    /** @param args the directory, server.keys and gateway.key */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Handlers handlers = new Handlers();
        for (String type : List.of("camera_reboot", "camera_ptz_stop")) {
            handlers.add(type, (parameters, context) -> {
                effect(directory.resolve("effects"), context.id());
                return new CommandResult(Map.of("done", true));
            });
        }
        Uplink uplink = new Uplink() {
            @Override
            public void send(String subject, byte[] body) {
                synchronized (out) {
                    out.println(subject + " " + new String(body, StandardCharsets.UTF_8));
                }
            }

            @Override
            public void event(String name, Map<String, Object> metrics) {
                throw new IllegalStateException(name);
            }
        };
        Settings settings = Settings.of(
                new Options(Map.of("server.keys", args[1], "gateway.key", args[2], "queue", 10_000)), text -> text);
        RunningExecutor running = new RunningExecutor(
                new FileStores(directory, Clock.systemUTC()),
                id -> Optional.of(DeviceType.CAMERA),
                handlers,
                uplink,
                Clock.systemUTC(),
                settings);
        running.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            CommandExecutor executor = running.executor();
            if (executor != null) {
                executor.submit(line);
            }
        }
        running.close();
    }

    private static synchronized void effect(Path file, String id) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(id + "\n"));
            channel.force(false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

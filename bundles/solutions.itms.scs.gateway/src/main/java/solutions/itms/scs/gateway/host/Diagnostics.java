package solutions.itms.scs.gateway.host;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.FailureCode;

/** One look at everything that tends to be wrong. Thread-safe. */
final class Diagnostics {
    private static final double LEAST_MEMORY = 0.05;
    private static final double LEAST_DISK = 0.05;
    private static final double MOST_CELSIUS = 85;
    private static final int CONNECT_MILLIS = 5_000;

    private final MachineFacts machine;
    private final NetworkFacts network;
    private final TimeFacts time;
    private final Path data;

    /** @param data the directory that must have room */
    Diagnostics(MachineFacts machine, NetworkFacts network, TimeFacts time, Path data) {
        this.machine = machine;
        this.network = network;
        this.time = time;
        this.data = data;
    }

    /** Whether all is well with something (null = it can't be told), and in words. */
    private record Finding(@Nullable Boolean ok, String text) {}

    /** One thing to look at. */
    @FunctionalInterface
    private interface Check {
        Finding look() throws InterruptedException;
    }

    Map<String, @Nullable Object> run(@Nullable String host, int port, CommandContext context)
            throws CommandException, InterruptedException {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("memory", this::memory);
        checks.put("disk", this::disk);
        checks.put("temperature", this::temperature);
        checks.put("clock", this::clock);
        checks.put("route", this::route);
        checks.put("name servers", this::nameServers);
        if (host != null) {
            checks.put("host", () -> reach(host, port));
        }
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        for (Map.Entry<String, Check> check : checks.entrySet()) {
            if (context.isCancelled()) {
                throw new CommandException(FailureCode.CANCELLED, "stopped before " + check.getKey());
            }
            context.progress(100 * results.size() / checks.size(), check.getKey());
            results.add(result(check.getKey(), check.getValue()));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("ok", results.stream().noneMatch(result -> Boolean.FALSE.equals(result.get("ok"))));
        values.put("checks", results);
        return values;
    }

    private static Map<String, @Nullable Object> result(String name, Check check) throws InterruptedException {
        long begun = System.nanoTime();
        Finding finding = check.look();
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("name", name);
        result.put("ok", finding.ok());
        result.put("text", finding.text());
        result.put("millis", (System.nanoTime() - begun) / 1_000_000);
        return result;
    }

    private Finding memory() {
        Long total = machine.memory("MemTotal");
        Long available = machine.memory("MemAvailable");
        if (total == null || available == null || total == 0) {
            return new Finding(null, "the system does not tell");
        }
        return new Finding(
                available >= LEAST_MEMORY * total,
                available / 1_000_000 + " MB of " + total / 1_000_000 + " MB are available");
    }

    private Finding disk() {
        File file = data.toFile();
        long total = file.getTotalSpace();
        return total == 0
                ? new Finding(null, "the system does not tell")
                : new Finding(
                        file.getUsableSpace() >= LEAST_DISK * total,
                        file.getUsableSpace() / 1_000_000 + " MB of " + total / 1_000_000 + " MB are free");
    }

    private Finding temperature() {
        Optional<Double> highest = machine.temperatures().stream()
                .map(sensor -> (Double) sensor.getOrDefault("celsius", 0.0))
                .max(Double::compare);
        return highest.map(celsius -> new Finding(celsius < MOST_CELSIUS, "at most " + celsius + " °C"))
                .orElseGet(() -> new Finding(null, "there is no sensor"));
    }

    private Finding clock() throws InterruptedException {
        Map<String, @Nullable Object> status = time.status();
        Object source = status.get("source");
        if (source == null) {
            return new Finding(null, "neither chrony nor systemd-timesyncd answers");
        }
        boolean synchronised = Boolean.TRUE.equals(status.get("synchronized"));
        return new Finding(synchronised, source + (synchronised ? " is synchronised" : " is not synchronised"));
    }

    private Finding route() {
        int routes = network.defaultRoutes().size();
        return new Finding(routes > 0, routes == 0 ? "there is no default route" : routes + " default routes");
    }

    private Finding nameServers() {
        Object servers = network.dnsConfig().get("servers");
        boolean any = servers instanceof List<?> list && !list.isEmpty();
        return new Finding(any, any ? String.valueOf(servers) : "none is configured");
    }

    private static Finding reach(String host, int port) {
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(host);
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return new Finding(true, address.getHostAddress() + " answers on port " + port);
        } catch (UnknownHostException e) {
            return new Finding(false, "the name is not known");
        } catch (IOException e) {
            return new Finding(false, "no connection to port " + port + ": " + e.getMessage());
        }
    }
}

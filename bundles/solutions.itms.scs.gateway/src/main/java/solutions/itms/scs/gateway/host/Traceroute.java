package solutions.itms.scs.gateway.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.FailureCode;

/** The way to a host, as the system's {@code traceroute} or {@code tracepath} finds it. Thread-safe. */
final class Traceroute {
    /** Both print the number of the hop, then the address and a time, or stars or words when there was no answer. */
    private static final Pattern LINE = Pattern.compile("^\\s*(\\d{1,2})[?:]*\\s+(\\S+)(?:\\s+\\(?(\\S+?)\\)?)?.*$");

    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*ms");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]*[.:][0-9a-fA-F:.]*");

    private final Programs programs;

    Traceroute(Programs programs) {
        this.programs = programs;
    }

    Map<String, @Nullable Object> run(String host, int maxHops, CommandContext context)
            throws CommandException, InterruptedException {
        String address = resolve(host);
        String hops = String.valueOf(maxHops);
        List<List<String>> commands = List.of(
                List.of("traceroute", "-n", "-q", "1", "-w", "2", "-m", hops, address),
                List.of("tracepath", "-n", "-m", hops, address));
        for (List<String> command : commands) {
            Map<Integer, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
            boolean ran = programs.lines(command, patience(context), line -> {
                read(line, found);
                context.progress(Math.min(99, 100 * found.size() / maxHops), "hop " + found.size());
                return !context.isCancelled();
            });
            if (context.isCancelled()) {
                throw new CommandException(FailureCode.CANCELLED, "stopped after " + found.size() + " hops");
            }
            if (ran || !found.isEmpty()) {
                return result(host, address, new ArrayList<>(found.values()));
            }
        }
        throw new CommandException(
                FailureCode.UNAVAILABLE, "neither traceroute nor tracepath can be run on this gateway");
    }

    /** By Java, so that what the program is given is an address and never an option. */
    private static String resolve(String host) throws CommandException {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new CommandException(FailureCode.NOT_FOUND, "the name " + host + " is not known");
        }
    }

    private static Duration patience(CommandContext context) {
        Duration left = context.timeLeft().minusSeconds(2);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }

    static void read(String line, Map<Integer, Map<String, @Nullable Object>> found) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || line.contains("LOCALHOST")) {
            return;
        }
        String address = matcher.group(2);
        Matcher time = TIME.matcher(line);
        Map<String, @Nullable Object> hop = new LinkedHashMap<>();
        hop.put("hop", Long.valueOf(matcher.group(1)));
        hop.put("address", ADDRESS.matcher(address).matches() ? address : null);
        hop.put("millis", time.find() ? Double.valueOf(time.group(1)) : null);
        found.putIfAbsent(Integer.valueOf(matcher.group(1)), hop);
    }

    private static Map<String, @Nullable Object> result(
            String host, String address, List<Map<String, @Nullable Object>> hops) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("host", host);
        values.put("address", address);
        values.put("reached", hops.stream().anyMatch(hop -> address.equals(hop.get("address"))));
        values.put("hops", hops);
        return values;
    }
}

package solutions.itms.scs.station;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ports that are listened on, as Linux tells them. */
final class ProcTcp implements NetworkCheck.ListeningPorts {
    /** Number, local address and port, remote address and port, and the state LISTEN. */
    private static final Pattern LISTENING =
            Pattern.compile("^\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A ");

    private final Path folder;

    /** @param folder such as {@code /proc/net} */
    ProcTcp(Path folder) {
        this.folder = folder;
    }

    @Override
    public @Nullable List<Integer> ports() {
        TreeSet<Integer> ports = new TreeSet<>();
        boolean any = false;
        for (String name : List.of("tcp", "tcp6")) {
            try {
                for (String line : Files.readAllLines(folder.resolve(name), StandardCharsets.US_ASCII)) {
                    Matcher entry = LISTENING.matcher(line);
                    if (entry.find()) {
                        ports.add(Integer.parseInt(entry.group(1), 16));
                    }
                }
                any = true;
            } catch (IOException e) {
                // a kernel without IPv6 has one of them only
            }
        }
        return any ? List.copyOf(ports) : null;
    }
}

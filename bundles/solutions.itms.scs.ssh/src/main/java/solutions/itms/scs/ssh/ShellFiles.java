package solutions.itms.scs.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.ssh.logs.ListedCommand;
import solutions.itms.scs.ssh.logs.RemoteFiles;

/** Files by the commands that every system has, for gates without SFTP. Each name is one quoted word. */
final class ShellFiles implements RemoteFiles {
    private static final int MAX_OUTPUT = 4 * 1024 * 1024;
    private static final Pattern STAT = Pattern.compile("regular (?:empty )?file\\|(\\d{1,18})\\|(\\d{1,12})\\s*");

    private final GateConnection connection;
    private final Duration patience;

    /** @param patience the longest time that a command may take, but for the reading of a file */
    ShellFiles(GateConnection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    @Override
    public List<String> names(String folder, int limit) throws IOException {
        return print("ls", "-1A", "--", folder).lines().limit(limit).toList();
    }

    @Override
    public String realPath(String path) throws IOException {
        String real = print("readlink", "-f", "--", path);
        String line = real.endsWith("\n") ? real.substring(0, real.length() - 1) : real;
        if (!line.startsWith("/") || line.indexOf('\n') >= 0) {
            throw new IOException(path + " can't be found");
        }
        return line;
    }

    @Override
    public @Nullable Entry file(String realPath) throws IOException {
        Matcher stat = STAT.matcher(print("stat", "-c", "%F|%s|%Y", "--", realPath));
        return stat.matches()
                ? new Entry(realPath, Long.parseLong(stat.group(1)), Long.parseLong(stat.group(2)))
                : null;
    }

    @Override
    public InputStream read(Entry file, long from) throws IOException {
        return connection.stream(line("tail", "-c", "+" + (from + 1), "--", file.path()));
    }

    private String print(String... words) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        connection.run(line(words), patience, (bytes, length) -> {
            printed.write(bytes, 0, length);
            if (printed.size() > MAX_OUTPUT) {
                throw new IOException(words[0] + " prints more than " + MAX_OUTPUT + " bytes");
            }
        });
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** In the language that the answers are read in. */
    private static String line(String... words) {
        return "LC_ALL=C " + ListedCommand.quote(List.of(words));
    }
}

package solutions.itms.scs.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process on this Linux host uses.
 *
 * @param threads that it has
 * @param files that it has open, connections among them
 * @param heapBytes of its heap that are in use after a garbage collection
 */
public record ProcessFigures(long threads, long files, long heapBytes) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** Looks at a process of the same user. */
    public static ProcessFigures of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        return new ProcessFigures(count(pid, "task"), count(pid, "fd"), heap(jcmd(pid, "GC.heap_info")));
    }

    private static long count(long pid, String directory) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + pid + "/" + directory))) {
            return entries.count();
        }
    }

    /** The sum over the generations; what follows is not heap. */
    private static long heap(String info) {
        int end = info.indexOf("Metaspace");
        Matcher used = USED.matcher(end < 0 ? info : info.substring(0, end));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) * 1024;
        }
        return sum;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " of process " + pid + ": " + output);
        }
        return output;
    }
}

package solutions.itms.scs.testkit;

import java.util.concurrent.TimeUnit;

/** Sends mutated requests to a running station, and says what became of it. */
public final class FuzzMain {
    private static final int THREADS = 8;
    private static final long MAX_HEAP_GROWTH = 12L << 20;

    private FuzzMain() {}

    /** Arguments: port and process id of the station, number of requests, seed. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long pid = Long.parseLong(args[1]);
        long requests = Long.parseLong(args[2]);
        long seed = Long.parseLong(args[3]);
        // what grows only once, such as the table of devices, has grown by then
        FuzzRun first = new FuzzRun(port, requests / 2);
        long begin = System.nanoTime();
        first.run(THREADS, seed);
        ProcessFigures before = ProcessFigures.of(pid);
        FuzzRun second = new FuzzRun(port, requests - requests / 2);
        second.run(THREADS, seed + 1);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        ProcessFigures after = ProcessFigures.of(pid);
        System.out.println("answers, first half: " + first.statuses() + ", unanswered " + first.unanswered());
        System.out.println("answers, second half: " + second.statuses() + ", unanswered " + second.unanswered());
        System.out.println("after the first half: " + before + "; after the second: " + after + "; " + seconds + " s");
        first.bad().forEach(System.out::println);
        second.bad().forEach(System.out::println);
        long heap = Math.max(0, after.heapBytes() - before.heapBytes());
        boolean good =
                figure("fuzz_server_errors", first.bad().size() + second.bad().size(), "answers", 0)
                        & figure("fuzz_hung", first.hung() + second.hung(), "requests", 0)
                        & figure("fuzz_thread_growth", after.threads() - before.threads(), "threads", 4)
                        & figure("fuzz_file_growth", after.files() - before.files(), "files", 4)
                        & figure("fuzz_heap_growth", heap, "bytes", MAX_HEAP_GROWTH);
        System.exit(good ? 0 : 1);
    }

    private static boolean figure(String name, long value, String unit, long bar) {
        boolean ok = value <= bar;
        System.out.println("figure name=" + name + " value=" + value + " unit=" + unit + " bar=" + bar + " "
                + (ok ? "ok" : "short"));
        return ok;
    }
}

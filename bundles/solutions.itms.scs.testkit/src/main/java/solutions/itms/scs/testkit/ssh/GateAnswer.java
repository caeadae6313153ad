package solutions.itms.scs.testkit.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** What a gate says to a command: what a Linux system says of its uptime, load, clock and disk. */
final class GateAnswer implements Command {
    private static final int FAILED = 3;
    private static final long CLOCK_AHEAD_SECONDS = 90;
    private static final String WELL = """
            86400.25 170000.10
            0.42 0.36 0.30 2/345 6789
            %d
            firmware="Gate OS 3.1"
            Filesystem     1024-blocks    Used Available Capacity Mounted on
            /dev/mmcblk0p2     7345678 3456789   3888889      48%% /
            """;
    private static final String THAI = """
            86400,25 170000,10
            0,42 0,36 0,30 2/345 6789
            วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569
            firmware=รุ่น 3.1
            ระบบแฟ้ม       1024-บล็อก      ใช้ไป    มีอยู่   ความจุ เมานท์ที่
            /dev/mmcblk0p2     7345678 3456789   3888889      48%% /
            """;
    private static final String FULL = """
            sh: write error: No space left on device
            86400.25 170000.10
            0.42 0.36 0.30 2/345 6789
            %d
            Filesystem     1024-blocks    Used Available Capacity Mounted on
            /dev/mmcblk0p2     7345678 7345678         0     100%% /
            """;

    private final SshFault fault;
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (code, text, immediately) -> {};

    GateAnswer(SshFault fault) {
        this.fault = fault;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        if (fault == SshFault.HANG_AFTER_LOGIN) {
            return;
        }
        Thread thread = new Thread(this::answer, "testkit-ssh-answer");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer() {
        try {
            do {
                out.write(text().getBytes(StandardCharsets.UTF_8));
                out.flush();
            } while (fault == SshFault.HUGE_OUTPUT);
        } catch (IOException e) {
            // the other end has seen enough
        }
        exit.onExit(fault == SshFault.FAILING_COMMAND ? FAILED : 0);
    }

    private String text() {
        long clock = Clock.systemUTC().millis() / 1_000 + CLOCK_AHEAD_SECONDS;
        return switch (fault) {
            case FAILING_COMMAND -> "";
            case FOREIGN_LOCALE -> THAI.formatted();
            case FULL_DISK -> FULL.formatted(clock);
            default -> WELL.formatted(clock);
        };
    }

    @Override
    public void destroy(ChannelSession channel) {}

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream err) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}

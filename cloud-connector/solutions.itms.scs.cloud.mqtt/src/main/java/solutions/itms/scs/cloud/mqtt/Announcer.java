package solutions.itms.scs.cloud.mqtt;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cloud which applications there are: at once when a connection comes up, later changes gathered for a while,
 * so that bundles that start one after the other are one message. For the loop's thread.
 */
final class Announcer {
    /** Says it over the link that is up; nothing happens when none is. */
    interface Voice {
        void say(String kind, String applications);
    }

    private final Loop loop;
    private final Applications applications;
    private final Voice voice;
    private String announced = "";
    private boolean packagesChanged;
    private @Nullable Future<?> timer;

    Announcer(Loop loop, Applications applications, Voice voice) {
        this.loop = loop;
        this.applications = applications;
        this.voice = voice;
    }

    void connected() {
        stop();
        packagesChanged = false;
        announced = applications.ids();
        voice.say(LifeCycle.BIRTH, announced);
    }

    /** Packages were installed, updated or removed: what the gateway says of itself at its birth may be old. */
    void packagesChanged(Settings settings) {
        packagesChanged = true;
        if (timer == null) {
            timer = loop.after(settings.announceDelay(), this::tell);
        }
    }

    void changed(Settings settings) {
        if (timer == null && !applications.ids().equals(announced)) {
            timer = loop.after(settings.announceDelay(), this::tell);
        }
    }

    /** The connection is gone; the next birth says everything. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void tell() {
        timer = null;
        String now = applications.ids();
        if (packagesChanged) {
            connected();
        } else if (!now.equals(announced)) {
            announced = now;
            voice.say(LifeCycle.APPS, now);
        }
    }
}

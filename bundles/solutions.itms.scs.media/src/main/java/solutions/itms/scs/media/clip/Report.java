package solutions.itms.scs.media.clip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.mp4.Mp4Writer;

/** Closes the file, and says what is in it. */
final class Report {
    private static final int MOST_GAPS = 1_000;

    private final ClipOrder order;
    private final ClipRun run;
    private final Outcome outcome;
    private final Mp4Writer file;
    private final long from;
    private final long to;
    private final long[] times;
    private final long step;
    private final List<Span> gaps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(ClipOrder order, ClipRun run, Outcome outcome, Mp4Writer file) {
        this.order = order;
        this.run = run;
        this.outcome = outcome;
        this.file = file;
        from = ClipRun.micros(order.from());
        to = ClipRun.micros(order.to());
        times = file.times(run.videoTrack());
        for (int i = 0; i < times.length; i++) {
            times[i] = micros(times[i], run.videoRate());
        }
        step = Outcome.step(times, 1_000_000);
    }

    /** Whether there is a picture that was asked for; one just before the start goes on to be shown. */
    boolean shows() {
        return times[times.length - 1] >= from - Math.max(step, 1_000_000) && times[0] < to;
    }

    Clip write() throws java.io.IOException {
        long first = times[0];
        long shown = Math.min(Math.max(first, from), times[times.length - 1]);
        long last = last();
        long end = Math.max(shown + 1, Math.min(last + step, to));
        gaps(first, last);
        notes(first);
        long bytes = file.finish(shown, end);
        List<TrackFormat> formats = file.formats(run.videoTrack());
        if (formats.size() > 1) {
            notes.add("the pictures change in the middle: "
                    + String.join(
                            ", then ",
                            formats.stream()
                                    .map(f -> f.width() + " x " + f.height())
                                    .toList()));
        }
        TrackFormat largest = formats.stream()
                .max((a, b) -> Long.compare((long) a.width() * a.height(), (long) b.width() * b.height()))
                .orElseThrow();
        boolean complete = outcome.reason() == Outcome.Reason.END
                && gaps.isEmpty()
                && missing().isEmpty();
        return new Clip(
                ClipRun.instant(first),
                ClipRun.instant(shown),
                ClipRun.instant(last),
                gaps,
                formats.get(0).mime(),
                sound(),
                largest.width(),
                largest.height(),
                times.length,
                file.keyFrames(run.videoTrack()),
                bytes,
                Duration.ofNanos((end - shown) * 1_000),
                complete,
                notes,
                run.progress().lostBefore,
                outcome.reconnects,
                mended(),
                missing());
    }

    private List<Span> mended() {
        Mending mending = run.mending();
        return mending == null ? List.of() : mending.mended();
    }

    /** Where pictures were lost on the way, and are missing. */
    private List<Span> missing() {
        Mending mending = run.mending();
        if (mending != null) {
            return mending.missing();
        }
        long rate = run.videoRate();
        return run.progress().holes.stream()
                .map(hole ->
                        new Span(ClipRun.instant(micros(hole.from(), rate)), ClipRun.instant(micros(hole.to(), rate))))
                .toList();
    }

    private static long micros(long ticks, long rate) {
        return Math.floorDiv(ticks, rate) * 1_000_000 + Math.floorMod(ticks, rate) * 1_000_000 / rate;
    }

    private @Nullable String sound() {
        int track = run.soundTrack();
        if (track < 0 || file.count(track) == 0) {
            return null;
        }
        return file.formats(track).get(0).mime();
    }

    /** The last picture that is shown. */
    private long last() {
        int last = times.length - 1;
        while (last > 0 && times[last] >= to) {
            last--;
        }
        return times[last];
    }

    private void gaps(long first, long last) {
        long least = Math.max(1_000_000, 4 * step);
        if (first > from + Math.max(step, 100_000)) {
            gap(from, first);
        }
        for (int i = 1; i < times.length && gaps.size() < MOST_GAPS; i++) {
            if (times[i] - times[i - 1] > least && times[i] > from && times[i - 1] < to) {
                gap(Math.max(from, times[i - 1] + step), Math.min(to, times[i]));
            }
        }
        if (last + step < to - Math.max(step, 100_000)) {
            gap(last + step, to);
        }
    }

    private void gap(long start, long end) {
        gaps.add(new Span(ClipRun.instant(start), ClipRun.instant(end)));
    }

    private void losses(Progress progress) {
        if (progress.lostBefore > 0) {
            notes.add(progress.lostBefore + " packets were lost: " + (progress.damaged + progress.undecodable)
                    + " pictures were left out");
        } else if (progress.damaged > 0) {
            notes.add(progress.damaged + " damaged pictures were left out, and " + progress.undecodable
                    + " that were made from them");
        }
        Mending mending = run.mending();
        if (mending != null && !(mended().isEmpty() && missing().isEmpty())) {
            notes.add("of " + (mended().size() + missing().size()) + " stretches with losses " + mended().size()
                    + " were fetched once more whole; " + mending.pictures() + " pictures came by that");
        }
        for (Span hole : missing().subList(0, Math.min(missing().size(), 20))) {
            notes.add("pictures are missing between " + hole.from() + " and " + hole.to());
        }
        if (missing().size() > 20) {
            notes.add("and in " + (missing().size() - 20) + " more stretches");
        }
    }

    private void notes(long first) {
        Progress progress = run.progress();
        if (first < from - step) {
            notes.add("the file begins with the key frame of " + ClipRun.instant(first) + "; it is played from "
                    + order.from() + " on");
        }
        switch (outcome.reason() == null ? Outcome.Reason.CUT : outcome.reason()) {
            case CUT -> notes.add("the rest is missing: " + outcome.words());
            case CANCELLED -> notes.add("it was called off");
            case BYTES -> notes.add("the file has reached its limit of " + order.maxBytes() + " bytes");
            case TIME ->
                notes.add("it has taken the time that it may, " + order.limit().toSeconds() + " s");
            case TOO_MUCH -> notes.add("the recorder sends far more than a clip of this length can have");
            case END -> {
                // as it should be
            }
        }
        for (Span gap : gaps.subList(0, Math.min(gaps.size(), 20))) {
            notes.add("no pictures from " + gap.from() + " to " + gap.to());
        }
        if (gaps.size() > 20) {
            notes.add("and " + (gaps.size() - 20) + " more gaps");
        }
        losses(progress);
        if (outcome.reconnects > 0) {
            notes.add("the connection was made anew " + outcome.reconnects + " times");
        }
        if (outcome.unstamped) {
            notes.add("the recorder stamps no times: they are counted from where it says that it starts");
        }
        String missing = outcome.soundMissing();
        if (missing != null) {
            notes.add("the sound is left out: " + missing + " can't be put in the file");
        }
        if (file.formats(run.videoTrack()).get(0).mime().startsWith("mp4v")) {
            notes.add("the pictures are JPEG or MPEG-4 as they were recorded: browsers don't play these, VLC does");
        }
        String heard = sound();
        if (heard != null && heard.endsWith("law")) {
            notes.add("the sound is G.711 (" + heard + "): not every player plays that in MP4");
        }
    }
}

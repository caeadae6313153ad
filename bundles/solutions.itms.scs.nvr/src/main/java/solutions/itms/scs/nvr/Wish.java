package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;

/**
 * What somebody wants to have out of a recorder; times are ours.
 *
 * @param picture whether one picture is wanted; else a clip
 */
record Wish(
        Optional<String> channel,
        Optional<String> recording,
        Instant from,
        Instant to,
        boolean audio,
        boolean picture) {
    private static final Duration MOMENT = Duration.ofMillis(1);

    static Wish ofClip(CommandParameters parameters, Duration longest, Instant now) throws CommandException {
        Optional<String> channel = parameters.text("channel", Calls.MAX_TOKEN);
        Optional<String> recording = parameters.text("recording", Calls.MAX_TOKEN);
        Instant from = Calls.time(parameters, "from");
        Instant to = Calls.time(parameters, "to");
        boolean audio = !parameters.has("audio") || parameters.flag("audio");
        needsOne(parameters, channel, recording);
        parameters.check();
        if (!from.isBefore(to)) {
            parameters.problem("to", "must be later than from");
        } else if (Duration.between(from, to).compareTo(longest) > 0) {
            parameters.problem(
                    "to", "must be at most " + longest.toSeconds() + " seconds after from, the limit of this gateway");
        } else if (to.isAfter(now)) {
            parameters.problem(
                    "to",
                    "must not be in the future; it is " + now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                            + " here");
        }
        parameters.check();
        return new Wish(channel, recording, from, to, audio, false);
    }

    static Wish ofPicture(CommandParameters parameters, Instant now) throws CommandException {
        Optional<String> channel = parameters.text("channel", Calls.MAX_TOKEN);
        Optional<String> recording = parameters.text("recording", Calls.MAX_TOKEN);
        Instant at = Calls.time(parameters, "at");
        needsOne(parameters, channel, recording);
        if (at.isAfter(now)) {
            parameters.problem(
                    "at",
                    "must not be in the future; it is " + now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                            + " here");
        }
        parameters.check();
        return new Wish(channel, recording, at, at.plus(MOMENT), false, true);
    }

    private static void needsOne(CommandParameters parameters, Optional<String> channel, Optional<String> recording) {
        if (channel.isEmpty() && recording.isEmpty()) {
            parameters.problem("channel", "or recording must be given");
        }
    }
}

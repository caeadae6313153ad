package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.Recording;
import solutions.itms.scs.onvif.RecordingInformation;

/**
 * Gives each recording of a recorder a number when it is first seen, which it keeps for good: people say channel 3, and a
 * recording that vanished is told as missing for a week rather than left out. Not thread-safe.
 */
final class ChannelList {
    private static final int MAX = 256;
    /** A recorder whose newest data is older does not record, whatever it says. */
    private static final java.time.Duration STALE = java.time.Duration.ofMinutes(30);

    private static final java.time.Duration FORGOTTEN = java.time.Duration.ofDays(7);

    private final Map<String, Instant> missingSince = new HashMap<>();
    private final String recorder;
    private final Memory memory;

    ChannelList(String recorder, Memory memory) {
        this.recorder = recorder;
        this.memory = memory;
    }

    /**
     * The channels as they stand now.
     *
     * @param set up at the recorder; null when it could not tell, and no channel is missing by that
     */
    List<Channel> update(
            @Nullable List<Recording> set, List<RecordingInformation> informations, Skew skew, Instant now) {
        Map<String, RecordingInformation> byToken = new LinkedHashMap<>();
        informations.forEach(information -> byToken.put(information.token(), information));
        Map<String, String> names = new LinkedHashMap<>();
        if (set != null) {
            set.forEach(recording -> names.put(recording.token(), recording.name()));
        }
        informations.forEach(information ->
                names.merge(information.token(), information.name(), (old, newer) -> old.isEmpty() ? newer : old));
        List<Memory.Known> known = number(names, set == null ? Set.of() : forgotten(names, now));
        List<Channel> channels = new ArrayList<>();
        for (Memory.Known each : known) {
            RecordingInformation information = byToken.get(each.recording());
            boolean there = names.containsKey(each.recording());
            Instant newest = information == null ? null : skew.toOursOrNull(information.latest());
            channels.add(new Channel(
                    String.valueOf(each.number()),
                    each.name(),
                    each.recording(),
                    there ? status(information, newest, now) : set == null ? Channel.UNKNOWN : Channel.MISSING,
                    information == null ? null : skew.toOursOrNull(information.earliest()),
                    newest,
                    null));
        }
        return channels;
    }

    private static String status(@Nullable RecordingInformation information, @Nullable Instant newest, Instant now) {
        if (information == null) {
            return Channel.UNKNOWN;
        }
        if (information.isRecording()) {
            return Channel.RECORDING;
        }
        return switch (information.status().toLowerCase(java.util.Locale.ROOT)) {
            case "stopped", "removing", "removed" -> Channel.STOPPED;
            case "initiated" -> newest == null ? Channel.STOPPED : fresh(newest, now);
            default -> newest == null ? Channel.UNKNOWN : fresh(newest, now);
        };
    }

    private static String fresh(Instant newest, Instant now) {
        return newest.isBefore(now.minus(STALE)) ? Channel.STOPPED : Channel.RECORDING;
    }

    private Set<String> forgotten(Map<String, String> names, Instant now) {
        missingSince.keySet().removeAll(names.keySet());
        Set<String> forgotten = new HashSet<>();
        for (Memory.Known each : memory.channels(recorder)) {
            String token = each.recording();
            if (!names.containsKey(token)
                    && missingSince.computeIfAbsent(token, first -> now).isBefore(now.minus(FORGOTTEN))) {
                forgotten.add(token);
            }
        }
        return forgotten;
    }

    private List<Memory.Known> number(Map<String, String> names, Set<String> forgotten) {
        List<Memory.Known> before = memory.channels(recorder);
        Map<String, Memory.Known> known = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        before.forEach(each -> {
            known.put(each.recording(), each);
            taken.add(each.number());
        });
        int next = 1;
        for (Map.Entry<String, String> each : names.entrySet()) {
            Memory.Known old = known.get(each.getKey());
            if (old == null && known.size() >= MAX) {
                continue;
            }
            while (old == null && taken.contains(next)) {
                next++;
            }
            int number = old == null ? next : old.number();
            taken.add(number);
            String name = each.getValue().isEmpty() ? "Channel " + number : each.getValue();
            known.put(each.getKey(), new Memory.Known(each.getKey(), number, name));
        }
        List<Memory.Known> after = known.values().stream()
                .filter(each -> !forgotten.contains(each.recording()))
                .sorted(Comparator.comparingInt(Memory.Known::number))
                .toList();
        if (!after.equals(before)) {
            memory.channels(recorder, after);
        }
        return after;
    }
}

package solutions.itms.scs.nvr;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.command.ResultFile;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.store.StoreException;

/** What came of exports, for commands that come again after a crash. Thread-safe. */
final class Done {
    private static final Logger LOG = LoggerFactory.getLogger(Done.class);
    private static final int MAX_BYTES = 256 * 1024;

    private final Memory memory;
    private final Clock clock;

    Done(Memory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** What the same command came to before; null when it did not come to an end. */
    @Nullable
    CommandResult before(String command) {
        byte[] result = memory.export(command).map(Memory.Export::result).orElse(null);
        if (result == null) {
            return null;
        }
        try {
            Map<String, @Nullable Object> all = JsonText.readObject(result, MAX_BYTES);
            List<ArtifactReference> files = new ArrayList<>();
            if (all.get("artifacts") instanceof List<?> list) {
                list.forEach(each -> files.add(reference((Map<?, ?>) each)));
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            if (all.get("values") instanceof Map<?, ?> map) {
                map.forEach((key, value) -> values.put(String.valueOf(key), value));
            }
            return new CommandResult(values, files);
        } catch (MalformedPayloadException | RuntimeException e) {
            LOG.warn("What came of the command {} can't be read; it is done anew", command);
            return null;
        }
    }

    private static ArtifactReference reference(Map<?, ?> json) {
        return new ArtifactReference(
                String.valueOf(json.get("id")),
                String.valueOf(json.get("name")),
                String.valueOf(json.get("mediaType")),
                json.get("size") instanceof Number size ? size.longValue() : 0,
                String.valueOf(json.get("sha256")));
    }

    /** Remembers that it begins. @return whether it has begun before, and may have left files */
    boolean begin(String command) throws CommandException {
        boolean again = memory.export(command).isPresent();
        keep(command, null);
        return again;
    }

    void end(String command, CommandResult result) throws CommandException {
        List<Map<String, Object>> files = new ArrayList<>();
        for (ResultFile each : result.artifacts()) {
            files.add(Map.of(
                    "id", each.id(),
                    "name", each.name(),
                    "mediaType", each.mediaType(),
                    "size", each.size(),
                    "sha256", each.sha256()));
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("values", result.values());
        all.put("artifacts", files);
        keep(command, JsonText.write(all));
    }

    private void keep(String command, byte @Nullable [] result) throws CommandException {
        Instant now = clock.instant();
        try {
            memory.export(command, new Memory.Export(now, result));
        } catch (StoreException e) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the gateway's disk is full, or can't be written");
        }
    }
}

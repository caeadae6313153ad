package solutions.itms.scs.nvr;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;

/**
 * The commands that bring clips and pictures out of recordings. A command that comes again after a crash makes one result:
 * what it had handed over before is given up, or told again. Thread-safe.
 */
final class ExportCommands {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Calls calls;
    private final Fetcher fetcher;
    private final Done done;

    ExportCommands(Calls calls, Fetcher fetcher) {
        this.calls = calls;
        this.fetcher = fetcher;
        this.done = new Done(calls.site().memory(), calls.site().clock());
    }

    /** All of them by name. */
    Map<String, CommandHandler> handlers() {
        Map<String, CommandHandler> all = new LinkedHashMap<>();
        all.put("export_recording_clip", (parameters, context) -> {
            Recorder recorder = calls.recorder(context);
            return export(Wish.ofClip(parameters, recorder.settings().longest(), now()), recorder, context);
        });
        all.put("export_snapshot_at", this::picture);
        return all;
    }

    private CommandResult picture(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        return export(Wish.ofPicture(parameters, now()), calls.recorder(context), context);
    }

    private Instant now() {
        return calls.site().clock().instant();
    }

    private CommandResult export(Wish wish, Recorder recorder, CommandContext context)
            throws CommandException, InterruptedException {
        CommandResult before = done.before(context.id());
        if (before != null) {
            return before;
        }
        ArtifactUploader uploader = calls.site().uploader().get().orElse(null);
        if (uploader == null) {
            throw new CommandException(FailureCode.UNAVAILABLE, "nothing here takes files for the cloud");
        }
        if (done.begin(context.id())) {
            uploader.cancel(context.id());
        }
        return fetcher.fetch(wish, recorder, context, (fetched, file) -> {
            CommandResult result = handOver(fetched, file, recorder, context, uploader);
            done.end(context.id(), result);
            return result;
        });
    }

    private static CommandResult handOver(
            Fetched fetched, Path file, Recorder recorder, CommandContext context, ArtifactUploader uploader)
            throws CommandException {
        context.progress(95, "handing over");
        String name = recorder.id() + "-" + fetched.channel().channel().replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + NAME.format(fetched.wish().picture() ? fetched.to() : fetched.from());
        try {
            ArtifactReference clip = store(
                    uploader,
                    new ArtifactInfo(name + ".mp4", "video/mp4", ArtifactKind.CLIP, recorder.id(), context.id()),
                    stream -> Files.copy(file, stream));
            byte[] sheet = Evidence.sheet(fetched, recorder, context, clip.name(), clip.sha256(), clip.size());
            ArtifactReference evidence = store(
                    uploader,
                    new ArtifactInfo(
                            name + ".evidence.json",
                            "application/json",
                            ArtifactKind.CLIP,
                            recorder.id(),
                            context.id()),
                    stream -> stream.write(sheet));
            Map<String, @Nullable Object> facts = fetched.facts(clip.sha256(), clip.size());
            facts.put("file", clip.name());
            return new CommandResult(facts, List.of(clip, evidence));
        } catch (ArtifactException e) {
            throw e.toCommandException();
        } catch (IOException e) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the clip can't be kept: the disk fails");
        }
    }

    private interface Content {
        void write(OutputStream stream) throws IOException;
    }

    private static ArtifactReference store(ArtifactUploader uploader, ArtifactInfo info, Content content)
            throws IOException {
        try (ArtifactDraft draft = uploader.draft(info)) {
            content.write(draft.stream());
            return draft.finish();
        }
    }
}

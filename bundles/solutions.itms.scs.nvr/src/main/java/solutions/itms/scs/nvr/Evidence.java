package solutions.itms.scs.nvr;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.onvif.DeviceInformation;

/** The sheet that goes with a clip and says what it is, for those who must believe it later. Stateless. */
final class Evidence {
    private Evidence() {}

    static byte[] sheet(
            Fetched fetched, Recorder recorder, CommandContext context, String file, String sha256, long bytes) {
        Map<String, @Nullable Object> sheet = new LinkedHashMap<>();
        sheet.put("kind", "recording evidence");
        sheet.put("version", 1L);
        sheet.put("file", file);
        sheet.put("sha256", sha256);
        sheet.put("bytes", bytes);
        sheet.put("recorder", recorder(recorder));
        Map<String, @Nullable Object> clip = fetched.facts(sha256, bytes);
        clip.remove("sha256");
        clip.remove("bytes");
        sheet.put("recording", clip);
        sheet.put("losses", fetched.losses());
        sheet.put("recorderClock", clock(fetched));
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("command", context.id());
        request.put("requestedBy", context.requestedBy());
        request.put("approvedBy", context.approvedBy());
        request.put("begun", fetched.began().toString());
        request.put("ended", fetched.ended().toString());
        sheet.put("request", request);
        sheet.put(
                "method",
                "Pictures and sound were taken from the recorder as they are, without re-encoding. Times are those of"
                        + " the gateway; a recorder whose clock is off by two seconds or more was asked by its own"
                        + " clock.");
        return JsonText.write(sheet);
    }

    private static Map<String, @Nullable Object> recorder(Recorder recorder) {
        DeviceInformation information = recorder.health().information();
        var endpoint = recorder.settings().endpoint();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", recorder.id());
        values.put("name", recorder.settings().label());
        values.put("address", endpoint == null ? null : endpoint.authority());
        values.put("manufacturer", information == null ? null : information.manufacturer());
        values.put("model", information == null ? null : information.model());
        values.put("firmware", information == null ? null : information.firmware());
        values.put("serial", information == null ? null : information.serial());
        return values;
    }

    private static Map<String, @Nullable Object> clock(Fetched fetched) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("aheadMillis", fetched.skew().millis());
        values.put("correctedByMillis", fetched.skew().correction().toMillis());
        values.put("firstFrame", fetched.clip().first().toString());
        values.put("from", fetched.clip().shown().toString());
        values.put("to", fetched.clip().last().toString());
        return values;
    }
}

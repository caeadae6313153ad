package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found to be wrong with a request, up to a limit. Not thread-safe. */
final class Findings {
    private final List<FieldError> errors = new ArrayList<>(0);
    private final List<String> deviceIds = new ArrayList<>(0);
    private final int limit;
    private int found;

    Findings(int limit) {
        this.limit = limit;
    }

    void add(FieldError error) {
        found++;
        if (errors.size() < limit) {
            errors.add(error);
        }
    }

    /** Something is wrong with a heartbeat of this device, as far as it is named. */
    void concern(@Nullable String deviceId) {
        if (deviceId != null && deviceIds.size() < limit && DeviceId.isValid(deviceId)) {
            deviceIds.add(deviceId);
        }
    }

    /** How many there were. */
    int count() {
        return found;
    }

    boolean isEmpty() {
        return found == 0;
    }

    BadRequest asBadRequest() {
        return BadRequest.ofHeartbeats(errors, deviceIds);
    }
}

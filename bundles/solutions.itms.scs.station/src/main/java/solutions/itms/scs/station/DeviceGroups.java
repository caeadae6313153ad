package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.station.config.GroupsReader;

/**
 * Names for devices that are controlled together.
 *
 * @param members of each group, as ids of devices or of gates, which stand for the devices of both sides
 */
record DeviceGroups(Map<String, Set<String>> members) {
    static final DeviceGroups NONE = new DeviceGroups(Map.of());

    static DeviceGroups of(Options options) {
        String text = options.text("device.groups", "");
        if (text.isEmpty()) {
            return NONE;
        }
        List<String> problems = new ArrayList<>(0);
        Map<String, Set<String>> groups = GroupsReader.read(text, problems);
        problems.forEach(problem -> options.problem("device.groups " + problem));
        return new DeviceGroups(new TreeMap<>(groups));
    }

    /** The names, in order. */
    Collection<String> names() {
        return members.keySet();
    }

    boolean contains(String group, Located device) {
        Set<String> ids = members.getOrDefault(group, Set.of());
        return ids.contains(device.id()) || (device.gateId() != null && ids.contains(device.gateId()));
    }
}

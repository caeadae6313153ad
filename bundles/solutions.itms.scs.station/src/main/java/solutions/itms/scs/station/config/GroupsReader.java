package solutions.itms.scs.station.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the groups of devices: a JSON object with a list of ids for each name. What can't be used is left out. */
public final class GroupsReader {
    private static final int MAX_GROUPS = 100;
    private static final int MAX_MEMBERS = 1_000;
    private static final int MAX_NAME = 64;

    private GroupsReader() {}

    /** @param problems gets what is left out, and why, to be read behind the property's name */
    public static Map<String, Set<String>> read(String text, List<String> problems) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        try {
            if (JsonText.parse(text) instanceof Map<?, ?> object) {
                object.forEach((name, ids) -> read(String.valueOf(name), ids, groups, problems));
            } else {
                problems.add("must be a JSON object, such as {\"hall\":[\"G1-01\",\"G2\"]}");
            }
        } catch (JsonText.Fault e) {
            problems.add("is no JSON: " + e.getMessage());
        }
        return groups;
    }

    private static void read(String name, Object ids, Map<String, Set<String>> groups, List<String> problems) {
        boolean fits = !name.isBlank() && name.length() <= MAX_NAME && groups.size() < MAX_GROUPS;
        Set<String> members = new LinkedHashSet<>();
        if (ids instanceof List<?> list && list.size() <= MAX_MEMBERS) {
            for (Object id : list) {
                if (id instanceof String text && !text.isBlank()) {
                    members.add(text);
                } else {
                    fits = false;
                }
            }
        } else {
            fits = false;
        }
        if (fits && !members.isEmpty()) {
            groups.put(name, members);
        } else {
            problems.add("'" + name + "' must be one of at most " + MAX_GROUPS + " groups, with a name of at most "
                    + MAX_NAME + " characters and a list of 1 to " + MAX_MEMBERS + " ids; it is left out");
        }
    }
}

package solutions.itms.scs.station;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what answers a path as the client wrote it: nothing is decoded or normalised before, so that an id may hold any
 * character. One trailing slash makes no difference. Built once, then only read.
 */
final class Router {
    private final Map<String, Resource> exact = new HashMap<>();
    private final Map<String, Resource> ofDevice = new HashMap<>();
    private final Map<String, Resource> below = new HashMap<>();

    /**
     * A resource, and the id of the device in its path.
     *
     * @param deviceId decoded; empty where the path has none
     */
    record Match(Resource resource, String deviceId) {}

    /** The path itself, such as {@code /hb/bulk}. */
    Router at(String path, Resource resource) {
        exact.put(path, resource);
        return this;
    }

    /** The path with the id of a device behind it, such as {@code /operation} for {@code /operation/G1-01}. */
    Router ofDevice(String path, Resource resource) {
        ofDevice.put(path.substring(1), resource);
        return this;
    }

    /** Everything that begins with this segment and has no entry of its own, such as {@code /station}. */
    Router below(String path, Resource resource) {
        below.put(path.substring(1), resource);
        return this;
    }

    /** What answers the path; null when nothing does. */
    @Nullable
    Match find(String rawPath) throws BadRequest {
        int length = rawPath.length();
        String path = length > 1 && rawPath.charAt(length - 1) == '/' ? rawPath.substring(0, length - 1) : rawPath;
        Resource resource = exact.get(path);
        if (resource != null) {
            return new Match(resource, "");
        }
        int slash = path.indexOf('/', 1);
        String first = path.isEmpty() ? path : slash < 0 ? path.substring(1) : path.substring(1, slash);
        Resource device = slash < 0 || path.indexOf('/', slash + 1) >= 0 ? null : ofDevice.get(first);
        if (device != null) {
            return new Match(device, PathSegment.deviceId(path.substring(slash + 1)));
        }
        Resource tree = below.get(first);
        return tree == null ? null : new Match(tree, "");
    }
}

package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the files that a pattern stands for, and leaves out those that lead out of its root. For one thread. */
final class Candidates {
    private static final int MAX_NAMES = 10_000;
    private static final int MAX_FILES = 500;

    private final RemoteFiles files;
    private final List<String> notes;
    private final List<String> refused;

    /**
     * @param notes takes what was left out, in words
     * @param refused takes what lead out of its root
     */
    Candidates(RemoteFiles files, List<String> notes, List<String> refused) {
        this.files = files;
        this.notes = notes;
        this.refused = refused;
    }

    /** The files, the one that changed last first. */
    List<RemoteFiles.Entry> of(PathPattern pattern) throws IOException {
        Map<String, RemoteFiles.Entry> found = new LinkedHashMap<>();
        String root = files.realPath(pattern.root());
        walk(pattern, root, root, 0, found);
        List<RemoteFiles.Entry> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparingLong(RemoteFiles.Entry::modified).reversed());
        return sorted;
    }

    private void walk(PathPattern pattern, String root, String folder, int level, Map<String, RemoteFiles.Entry> found)
            throws IOException {
        boolean last = level == pattern.names().size() - 1;
        for (String name : files.names(folder, MAX_NAMES)) {
            if (!isName(name) || !pattern.names().get(level).matcher(name).matches()) {
                continue;
            }
            if (found.size() >= MAX_FILES) {
                notes.add(pattern.text() + " stands for more than " + MAX_FILES + " files; the others are left out");
                return;
            }
            String path = (folder.endsWith("/") ? folder : folder + "/") + name;
            String real = files.realPath(path);
            if (!PathPattern.isWithin(root, real)) {
                refused.add(path + " leads out of " + root);
            } else if (!last) {
                walk(pattern, root, real, level + 1, found);
            } else {
                RemoteFiles.Entry file = files.file(real);
                if (file != null) {
                    found.put(real, file);
                }
            }
        }
    }

    /** What a server calls a name may be anything. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.codePoints().noneMatch(Character::isISOControl);
    }
}

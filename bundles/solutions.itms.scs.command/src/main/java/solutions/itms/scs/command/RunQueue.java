package solutions.itms.scs.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Way;

/** The jobs that wait and run, in the order of acceptance, and which of them is next. Not thread-safe. */
final class RunQueue {
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    void add(Job job) {
        jobs.put(job.id(), job);
    }

    void remove(Job job) {
        jobs.remove(job.id(), job);
    }

    @Nullable
    Job find(String id) {
        return jobs.get(id);
    }

    /** All of them, oldest first; a copy. */
    List<Job> all() {
        return List.copyOf(jobs.values());
    }

    int waiting() {
        return (int) jobs.values().stream().filter(job -> !job.isRunning()).count();
    }

    /**
     * Those that may begin now: the first of its lane, or the first few of a wide one, none of its exclusive group before
     * it, a thread free. Wishes need no free thread: they take milliseconds, and an emergency must not wait for clips,
     * which leave half of the threads to what is quick.
     *
     * @param startable what else must hold
     */
    List<Job> next(int parallel, Predicate<Job> startable) {
        Map<String, Integer> lanes = new HashMap<>();
        Set<String> groups = new HashSet<>();
        int running = 0;
        int fetches = 0;
        for (Job job : jobs.values()) {
            if (job.isRunning()) {
                lanes.merge(job.lane(), 1, Integer::sum);
                groups.add(group(job));
                running += job.type().way() == Way.DESIRED_STATE ? 0 : 1;
                fetches += job.fetches() ? 1 : 0;
            }
        }
        List<Job> next = new ArrayList<>();
        for (Job job : jobs.values()) {
            if (job.isRunning()) {
                continue;
            }
            boolean wish = job.type().way() == Way.DESIRED_STATE;
            boolean free = lanes.getOrDefault(job.lane(), 0) < job.laneWidth()
                    && (job.type().exclusiveGroup() == null || !groups.contains(group(job)));
            boolean room = wish || running < parallel && (!job.fetches() || fetches < Math.max(1, parallel / 2));
            if (free && room && startable.test(job)) {
                next.add(job);
                groups.add(group(job));
                running += wish ? 0 : 1;
                fetches += job.fetches() ? 1 : 0;
            }
            // even when it can't begin: those behind it must not overtake it
            lanes.merge(job.lane(), 1, Integer::sum);
        }
        return next;
    }

    private static String group(Job job) {
        return "group " + job.type().exclusiveGroup();
    }
}

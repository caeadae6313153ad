package solutions.itms.scs.command;

import java.util.ArrayList;
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
     * Those that may begin now: the first of its lane, none of its exclusive group before it, a thread free. Wishes need
     * no free thread: they take milliseconds, and an emergency must not wait for clips.
     *
     * @param startable what else must hold
     */
    List<Job> next(int parallel, Predicate<Job> startable) {
        Set<String> taken = new HashSet<>();
        int running = 0;
        for (Job job : jobs.values()) {
            if (job.isRunning()) {
                taken.add(job.lane());
                taken.add(group(job));
                running += job.type().way() == Way.DESIRED_STATE ? 0 : 1;
            }
        }
        List<Job> next = new ArrayList<>();
        for (Job job : jobs.values()) {
            if (job.isRunning()) {
                continue;
            }
            boolean wish = job.type().way() == Way.DESIRED_STATE;
            boolean free =
                    !taken.contains(job.lane()) && (job.type().exclusiveGroup() == null || !taken.contains(group(job)));
            if (free && (wish || running < parallel) && startable.test(job)) {
                next.add(job);
                taken.add(group(job));
                running += wish ? 0 : 1;
            }
            // even when it can't begin: those behind it must not overtake it
            taken.add(job.lane());
        }
        return next;
    }

    private static String group(Job job) {
        return "group " + job.type().exclusiveGroup();
    }
}

package solutions.itms.scs.api.command;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries out one kind of command. Registered as a service with the property {@link #NAME}; whoever executes commands
 * finds handlers by it, checks signature, target, expiry and schema before, and reports to the cloud after. Thread-safe:
 * several commands of the same kind may run at the same time.
 */
@ConsumerType
public interface CommandHandler {
    /** Service property with the name of the command, such as {@code set_operation}. */
    String NAME = "command.name";

    /**
     * Carries out one command; may block. What it has changed when it returns is there to stay: it is on the disk, or with
     * the device. A command may come again after a crash; doing it twice must be as good as doing it once.
     *
     * @param parameters what the sender gave
     * @param context of this one command
     * @return what came of it; at most 64 KiB as JSON, more belongs into an artifact
     * @throws CommandException when it was not carried out, and why; nothing was changed unless its text says so
     * @throws InterruptedException when its thread was interrupted, because its time is over or the gateway stops
     */
    CommandResult execute(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException;
}

package solutions.itms.scs.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import solutions.itms.scs.api.command.CommandHandler;

/** What carries out commands, by the name of the command. Thread-safe. */
final class Handlers {
    private final Map<String, CommandHandler> handlers = new ConcurrentHashMap<>();
    private volatile Consumer<String> cancelled = command -> {};

    /** The newest of a name counts. */
    void add(String name, CommandHandler handler) {
        handlers.put(name, handler);
    }

    /** Nothing happens when another one has taken its place. */
    void remove(String name, CommandHandler handler) {
        handlers.remove(name, handler);
    }

    Optional<CommandHandler> find(String name) {
        return Optional.ofNullable(handlers.get(name));
    }

    List<String> names() {
        return handlers.keySet().stream().sorted().toList();
    }

    /** Is told of each command that was cancelled while it ran: what it made is not wanted. May block. */
    void onCancelled(Consumer<String> listener) {
        cancelled = listener;
    }

    void cancelled(String command) {
        cancelled.accept(command);
    }
}

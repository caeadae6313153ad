package solutions.itms.scs.message.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All commands that there are. Immutable. */
public final class CommandRegistry {
    private static final String RESOURCE = "commands.json";
    private static final int MAX_BYTES = 1024 * 1024;

    private final Map<String, CommandType> types;
    private final String revision;

    private CommandRegistry(Map<String, CommandType> types, String revision) {
        this.types = types;
        this.revision = revision;
    }

    /** The registry of this version of the product. */
    public static CommandRegistry standard() {
        return Standard.REGISTRY;
    }

    /** Reads a registry. @throws RegistryException if it is faulty; the text says where */
    public static CommandRegistry read(byte[] utf8) {
        Map<String, CommandType> types = new LinkedHashMap<>();
        for (CommandType type : RegistryReader.read(utf8, MAX_BYTES)) {
            types.put(type.name(), type);
        }
        return new CommandRegistry(types, revision(utf8));
    }

    /** The command of this name. */
    public Optional<CommandType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** All commands, in the order of the file. */
    public List<CommandType> all() {
        return List.copyOf(types.values());
    }

    /** Changes whenever anything in the registry does: 16 hexadecimal digits. */
    public String revision() {
        return revision;
    }

    private static String revision(byte[] utf8) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Standard {
        static final CommandRegistry REGISTRY = load();

        private static CommandRegistry load() {
            try (InputStream in = CommandRegistry.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new RegistryException(RESOURCE + " is not in this bundle");
                }
                return read(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

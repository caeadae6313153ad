package solutions.itms.scs.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.SigningKey;

/**
 * The keys by which the server signs commands, from a file that only its owner can read: a line {@code id:private:public}
 * for each, the newest last. Immutable.
 */
public final class ServerKeys {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_KEYS = KeyRing.MAX_KEYS;

    private final List<Entry> entries;

    private ServerKeys(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private record Entry(SigningKey key, String publicKey) {
        @Override
        public String toString() {
            return key.id();
        }
    }

    /** Reads the keys; makes the first when there is no file. */
    public static ServerKeys open(Path file, Instant now) throws IOException {
        return Files.exists(file) ? read(file) : write(file, List.of(newEntry(List.of(), now)));
    }

    /** Adds a new key, which is used for every gateway that is told of it; the oldest goes when there are too many. */
    public static ServerKeys rotate(Path file, Instant now) throws IOException {
        List<Entry> entries = new ArrayList<>(open(file, now).entries);
        entries.add(newEntry(entries, now));
        while (entries.size() > MAX_KEYS) {
            entries.remove(0);
        }
        return write(file, entries);
    }

    /** What a gateway has to be configured with, newest last: {@code id:key}. */
    public List<String> publicKeys() {
        return entries.stream()
                .map(entry -> entry.key().id() + ":" + entry.publicKey())
                .toList();
    }

    /** The ids, newest last. */
    public List<String> ids() {
        return entries.stream().map(entry -> entry.key().id()).toList();
    }

    /** The newest key that is among the known ones; null when none is. */
    @Nullable
    SigningKey newestOf(Collection<String> known) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (known.contains(entries.get(i).key().id())) {
                return entries.get(i).key();
            }
        }
        return null;
    }

    private static Entry newEntry(List<Entry> others, Instant now) {
        KeyPair pair = Ed25519.generate();
        String id = "server-" + STAMP.format(now);
        int number = 2;
        String unique = id;
        while (isTaken(others, unique)) {
            unique = id + "-" + number++;
        }
        return new Entry(new SigningKey(unique, pair.getPrivate()), Ed25519.text(pair.getPublic()));
    }

    private static boolean isTaken(List<Entry> others, String id) {
        return others.stream().anyMatch(entry -> entry.key().id().equals(id));
    }

    private static ServerKeys read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                entries.add(entry(file, line.strip()));
            }
        }
        if (entries.isEmpty()) {
            throw new IOException("there is no key in " + file);
        }
        return new ServerKeys(entries);
    }

    private static Entry entry(Path file, String line) throws IOException {
        int last = line.lastIndexOf(':');
        try {
            if (last > 0) {
                String publicKey = line.substring(last + 1);
                Ed25519.publicKey(publicKey);
                return new Entry(SigningKey.parse(line.substring(0, last)), publicKey);
            }
        } catch (IllegalArgumentException e) {
            // told below, without the line, which holds a secret
        }
        throw new IOException("a line of " + file + " is no key");
    }

    private static ServerKeys write(Path file, List<Entry> entries) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> lines = entries.stream()
                .map(entry -> entry.key().id() + ":" + Ed25519.text(entry.key().key()) + ":" + entry.publicKey())
                .toList();
        Files.write(part, lines);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new ServerKeys(entries);
    }
}

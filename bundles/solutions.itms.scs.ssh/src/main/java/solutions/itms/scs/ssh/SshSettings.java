package solutions.itms.scs.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;

/**
 * How gates are probed; always usable, whatever was configured.
 *
 * @param login with at most two keys: during a rotation the old one goes on to work
 * @param keysSince when the newest key file was written; null when there is none
 * @param ports SSH ports of single gates, where they are not the station's
 * @param given fingerprints of host keys by gate
 * @param trustFirst whether the first host key of a gate is taken without asking
 * @param logs how logs are collected
 * @param problems what could not be used as it was configured, in words
 */
record SshSettings(
        boolean enabled,
        GateLogin login,
        @Nullable Instant keysSince,
        Duration interval,
        Duration deadline,
        LevelLimits limits,
        int workers,
        String command,
        Map<String, Integer> ports,
        Map<String, String> given,
        boolean trustFirst,
        LogPlan logs,
        List<String> problems) {

    static final int DEFAULT_INTERVAL = 60;
    static final int DEFAULT_DEADLINE = 5;
    static final int DEFAULT_WORKERS = 8;

    private static final int MAX_KEYS = 2;
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    /** Where keys are, beside files. */
    @FunctionalInterface
    interface KeySource {
        /** The key of that name. @throws IOException with the reason when it can't be had */
        KeyPair find(String alias) throws IOException;
    }

    /** Without a key store. */
    static SshSettings of(Options options, UnaryOperator<String> decrypt) {
        return of(options, decrypt, alias -> {
            throw new IOException("there is no key store");
        });
    }

    /** @param decrypt makes plain text of a stored password */
    static SshSettings of(Options options, UnaryOperator<String> decrypt, KeySource keystore) {
        String user = options.text("user", "scs");
        List<Path> files = keyFiles(options);
        List<KeyProvider> keys = new ArrayList<>(fromKeystore(options, keystore));
        keys.addAll(fromFiles(options, files, decrypt.apply(options.text("key.passphrase", ""))));
        if (keys.isEmpty() && options.text("passwords", "").isEmpty()) {
            options.problem("there is no key to log in to gates with (key.file); probes end before the login");
        }
        return new SshSettings(
                options.flag("enabled", true),
                new GateLogin(
                        user.isEmpty() ? "scs" : user,
                        keys,
                        pairs(options, "passwords", decrypt.apply(options.text("passwords", ""))),
                        words(options.text("old.gates", ""))),
                newest(files),
                Duration.ofSeconds(options.number("interval", 5, 86_400, DEFAULT_INTERVAL)),
                Duration.ofSeconds(options.number("timeout", 1, 60, DEFAULT_DEADLINE)),
                LevelLimits.of(options),
                options.number("parallel", 1, 128, DEFAULT_WORKERS),
                command(options),
                ports(options),
                given(options),
                options.text("host.key.policy", "first_use").equals("first_use"),
                LogPlan.of(options),
                options.problems());
    }

    private static String command(Options options) {
        String command = options.text("command", "");
        return command.isEmpty() ? Vitals.COMMAND : command;
    }

    private static List<Path> keyFiles(Options options) {
        List<Path> files = new ArrayList<>(MAX_KEYS);
        for (String name : List.of("key.file", "key.file.old")) {
            String text = options.text(name, "");
            try {
                if (!text.isEmpty()) {
                    files.add(Path.of(text));
                }
            } catch (InvalidPathException e) {
                options.problem(name + " '" + text + "' is no path of a file; it is left out");
            }
        }
        return files;
    }

    private static List<KeyProvider> fromKeystore(Options options, KeySource keystore) {
        List<KeyProvider> keys = new ArrayList<>();
        for (String name : List.of("key.alias", "key.alias.old")) {
            String alias = options.text(name, "");
            try {
                if (!alias.isEmpty()) {
                    keys.add(new KeyPairWrapper(keystore.find(alias)));
                }
            } catch (IOException e) {
                options.problem(name + " '" + alias + "' can't be used: " + e.getMessage());
            }
        }
        return keys;
    }

    private static List<KeyProvider> fromFiles(Options options, List<Path> files, String passphrase) {
        List<KeyProvider> keys = new ArrayList<>(files.size());
        try (SSHClient reader = new SSHClient(Algorithms.modern())) {
            for (Path file : files) {
                try {
                    requirePrivate(options, file);
                    KeyProvider key = passphrase.isEmpty()
                            ? reader.loadKeys(file.toString())
                            : reader.loadKeys(file.toString(), passphrase.toCharArray());
                    // reads the file: what is wrong is said now, and not at each gate
                    key.getPrivate();
                    keys.add(key);
                } catch (IOException | RuntimeException e) {
                    options.problem("the key in " + file + " can't be used: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            options.problem("keys can't be read: " + e.getMessage());
        }
        return List.copyOf(keys);
    }

    private static void requirePrivate(Options options, Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ)) {
                options.problem("the key in " + file + " can be read by others than its owner: chmod 600 it");
            }
        }
    }

    private static @Nullable Instant newest(List<Path> files) {
        Instant newest = null;
        for (Path file : files) {
            try {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                newest = newest == null || written.isAfter(newest) ? written : newest;
            } catch (IOException e) {
                // what is wrong with it has been said
            }
        }
        return newest;
    }

    private static Map<String, Integer> ports(Options options) {
        Map<String, Integer> ports = new HashMap<>();
        pairs(options, "ports", options.text("ports", "")).forEach((gate, text) -> {
            if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
                ports.put(gate, Integer.valueOf(text));
            } else {
                options.problem("ports: '" + text + "' of " + gate + " is no port from 1 to 65535; it is left out");
            }
        });
        return Map.copyOf(ports);
    }

    private static Map<String, String> given(Options options) {
        Map<String, String> given = new HashMap<>();
        pairs(options, "host.keys", options.text("host.keys", "")).forEach((gate, text) -> {
            if (FINGERPRINT.matcher(text).matches()) {
                given.put(gate, text);
            } else {
                options.problem("host.keys: '" + text + "' of " + gate
                        + " is no fingerprint as ssh-keygen -l prints it (SHA256:…); it is left out");
            }
        });
        return Map.copyOf(given);
    }

    /** Entries such as {@code G1-01=22}, between commas or blanks. */
    private static Map<String, String> pairs(Options options, String name, String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String entry : words(text)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                pairs.put(entry.substring(0, equals), entry.substring(equals + 1));
            } else {
                // it may be a secret
                String what = name.equals("passwords") ? "an entry" : "'" + entry + "'";
                options.problem(name + ": " + what + " is not of the form gate=value; it is left out");
            }
        }
        return pairs;
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>(List.of(text.split("[,\\s]+", -1)));
        words.remove("");
        return words;
    }
}

package solutions.itms.scs.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import solutions.itms.scs.server.auth.PasswordCost;
import solutions.itms.scs.server.auth.People;
import solutions.itms.scs.server.auth.Role;
import solutions.itms.scs.server.command.GatewayKeys;
import solutions.itms.scs.server.command.GatewayRemoval;
import solutions.itms.scs.server.command.ServerKeys;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.deviceapi.DeviceKeys;

/** What administrators do on the command line with people and keys, also while a server runs. */
final class AdminCommands {
    /** Who the audit names. */
    private static final String ACTOR = "command line";

    private AdminCommands() {}

    /** {@code add-user}: a new person, with the password of a file or a random one, which is printed. */
    static void addUser(List<String> words, PrintStream out, Clock clock) throws StartException, IOException {
        Options options = parse(words, "--role", "--password-file");
        String name = only(options, "a user name");
        Role role = options.text("--role")
                .flatMap(Role::of)
                .orElseThrow(() -> Options.usage("option --role must be one of " + Role.names()));
        String password = options.has("--password-file") ? firstLine(options.path("--password-file")) : null;
        String used = password == null ? People.randomPassword() : password;
        try (Database database = open(options)) {
            People people = new People(database, clock, PasswordCost.DEFAULT, unused -> {});
            if (!people.add(name, role, used, new People.Change(ACTOR, null))) {
                throw Options.usage("there is a user " + name + " already");
            }
        } catch (IllegalArgumentException e) {
            throw Options.usage(String.valueOf(e.getMessage()));
        }
        if (password == null) {
            out.println(used);
            out.flush();
        }
    }

    /** {@code rotate-command-key}: from now on a new key signs, for each gateway that was told of it. */
    static void rotateCommandKey(List<String> words, PrintStream out, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        if (!options.arguments().isEmpty()) {
            throw Options.usage("rotate-command-key takes no argument");
        }
        DataDirectory data = DataDirectory.create(options.path("--data"));
        print(ServerKeys.rotate(data.commandKeys(), clock.instant()), out);
    }

    /** {@code command-keys}: what a gateway has to be configured with; notes that it was told. */
    static void commandKeys(List<String> words, PrintStream out, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        String gateway = only(options, "a gateway's id");
        DataDirectory data = DataDirectory.create(options.path("--data"));
        ServerKeys keys = ServerKeys.open(data.commandKeys(), clock.instant());
        try (Database database = open(options)) {
            boolean known = database.write(transaction -> {
                if (transaction.number("select count(*) from gateway where id = ?", gateway) == 0) {
                    return false;
                }
                GatewayKeys.trust(transaction, gateway, keys);
                return true;
            });
            if (!known) {
                throw Options.usage("there is no gateway " + gateway);
            }
        }
        print(keys, out);
    }

    /** {@code add-device-key}: a key for the HTTP API of devices, printed once as {@code id:secret}. */
    static void addDeviceKey(List<String> words, PrintStream out, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        String gateway = only(options, "a gateway's id");
        try (Database database = open(options)) {
            DeviceKeys.Made made = new DeviceKeys(database, clock)
                    .add(gateway, ACTOR)
                    .orElseThrow(() -> Options.usage("there is no gateway " + gateway));
            out.println(made.id() + ":" + made.secret());
            out.flush();
        }
    }

    /** {@code revoke-key}: of a device, or the one by which a gateway signs. */
    static void revokeKey(List<String> words, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        String id = only(options, "a key's id");
        try (Database database = open(options)) {
            if (!new DeviceKeys(database, clock).revoke(id, ACTOR)) {
                throw Options.usage("there is no key " + id + " that is not revoked");
            }
        }
    }

    /** {@code remove-gateway}: takes a gateway out, with its gates, its keys and what it reported. */
    static void removeGateway(List<String> words, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        String gateway = only(options, "a gateway's id");
        try (Database database = open(options)) {
            if (!GatewayRemoval.remove(database, gateway, ACTOR, clock.instant())) {
                throw Options.usage("there is no gateway " + gateway);
            }
        }
    }

    private static void print(ServerKeys keys, PrintStream out) {
        out.println(AddGateway.EXECUTOR + "/server.keys=" + String.join(",", keys.publicKeys()));
        out.flush();
    }

    private static Options parse(List<String> words, String... more) throws StartException {
        String[] names = new String[more.length + 1];
        names[0] = "--data";
        System.arraycopy(more, 0, names, 1, more.length);
        return Options.parse(words, Options.names(DatabaseOptions.NAMES, names), Set.of());
    }

    private static String only(Options options, String what) throws StartException {
        if (options.arguments().size() != 1) {
            throw Options.usage("exactly one argument is needed: " + what);
        }
        return options.arguments().get(0);
    }

    private static Database open(Options options) throws StartException, IOException {
        DataDirectory data = DataDirectory.create(options.path("--data"));
        return DatabaseOptions.open(DatabaseOptions.postgres(options, System.getenv()), data);
    }

    private static String firstLine(Path file) throws StartException {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw Options.usage("can't read " + file + " (option --password-file)");
        }
    }
}

package solutions.itms.scs.server.auth;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody is; the permission table. */
public enum Role {
    VIEWER(EnumSet.of(Permission.SESSION, Permission.READ)),
    OPERATOR(EnumSet.of(Permission.SESSION, Permission.READ, Permission.COMMAND, Permission.BREAK_GLASS)),
    /** A supervisor. */
    APPROVER(EnumSet.of(
            Permission.SESSION,
            Permission.READ,
            Permission.COMMAND,
            Permission.BREAK_GLASS,
            Permission.APPROVE,
            Permission.FORCE_CANCEL,
            Permission.FLEET,
            Permission.AUDIT)),
    ADMIN(EnumSet.complementOf(EnumSet.of(Permission.PUBLIC, Permission.DEVICE)));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    /** The name in the database, the API and on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this name. */
    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** All names, for people. */
    public static String names() {
        return Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", "));
    }

    public Set<Permission> permissions() {
        return permissions;
    }
}

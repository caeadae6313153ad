package solutions.itms.scs.ssh;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/**
 * How to log in to gates.
 *
 * @param user name on the gates
 * @param keys the first one that a gate accepts is used
 * @param passwords by gate, for the few that take no keys; they are offered to these gates alone, after the keys
 * @param old gates that may use algorithms which are no longer safe
 */
record GateLogin(String user, List<KeyProvider> keys, Map<String, String> passwords, Set<String> old) {
    GateLogin {
        keys = List.copyOf(keys);
        passwords = Map.copyOf(passwords);
        old = Set.copyOf(old);
    }

    static GateLogin withKeys(String user, List<KeyProvider> keys) {
        return new GateLogin(user, keys, Map.of(), Set.of());
    }

    /** Whether there is anything to log in to that gate with. */
    boolean isPossible(String gate) {
        return !keys.isEmpty() || passwords.containsKey(gate);
    }

    /** Without what it knows. */
    @Override
    public String toString() {
        return "GateLogin[" + user + ", " + keys.size() + " keys, " + passwords.size() + " passwords]";
    }
}

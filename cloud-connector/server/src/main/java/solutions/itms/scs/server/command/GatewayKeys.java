package solutions.itms.scs.server.command;

import java.security.KeyPair;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/** The public keys by which gateways sign what they report. The private ones are told once and stored nowhere. Stateless. */
public final class GatewayKeys {
    private record Row(String kid, String publicKey) {}

    /** The keys of a gateway that are not revoked. */
    KeyRing ring(Transaction transaction, String gatewayId) throws SQLException {
        List<Row> rows = transaction.all(
                "select kid, public_key from gateway_key where gateway_id = ? and revoked_at_ms is null",
                row -> new Row(row.getString(1), row.getString(2)),
                gatewayId);
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        rows.forEach(row -> keys.put(row.kid(), Ed25519.publicKey(row.publicKey())));
        return new KeyRing(keys);
    }

    /** Makes a key for a gateway, and notes that it is told of the server's present ones. @return its private key */
    public static SigningKey enrol(Database database, String gatewayId, ServerKeys keys, Instant now) {
        return database.write(transaction -> {
            trust(transaction, gatewayId, keys);
            return add(transaction, gatewayId, now);
        });
    }

    /** Notes that a gateway knows the server's present keys. */
    public static void trust(Transaction transaction, String gatewayId, ServerKeys keys) throws SQLException {
        for (String kid : keys.ids()) {
            transaction.update(
                    "insert into gateway_trust (gateway_id, kid) values (?, ?) on conflict (gateway_id, kid) do nothing",
                    gatewayId,
                    kid);
        }
    }

    /**
     * Makes the first or another key of a gateway. The one before stays valid for what is on its way; older ones are
     * revoked.
     */
    private static SigningKey add(Transaction transaction, String gatewayId, Instant now) throws SQLException {
        long number = transaction.number("select count(*) from gateway_key where gateway_id = ?", gatewayId) + 1;
        String kid = gatewayId + "#" + number;
        KeyPair pair = Ed25519.generate();
        transaction.update("""
                update gateway_key set revoked_at_ms = ? where gateway_id = ? and revoked_at_ms is null and number < ?""", now, gatewayId, number - 1);
        transaction.update(
                "insert into gateway_key (kid, gateway_id, number, public_key, created_at_ms) values (?, ?, ?, ?, ?)",
                kid,
                gatewayId,
                number,
                Ed25519.text(pair.getPublic()),
                now);
        return new SigningKey(kid, pair.getPrivate());
    }
}

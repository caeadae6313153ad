package solutions.itms.scs.server.device;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;
import solutions.itms.scs.server.db.Transaction;

/** Writes what gateways say of the devices behind them. An older list never replaces a newer one. */
public final class DeviceTable {
    /** Lists that one gateway may have. */
    static final int MAX_PARTS = 16;

    private DeviceTable() {}

    /** Takes a list: what is not in it any more is deleted. */
    public static void take(
            Transaction transaction,
            String gatewayId,
            Inventory inventory,
            GateTable.Order order,
            Instant now,
            Changes changes)
            throws SQLException, MalformedPayloadException {
        if (!takeList(transaction, gatewayId, inventory, order)) {
            return;
        }
        Map<String, String> present = present(transaction, gatewayId);
        for (Device device : inventory.devices()) {
            String part = present.get(device.id());
            if (part != null && !part.equals(inventory.part())) {
                throw new MalformedPayloadException(
                        "device '" + device.id() + "' is in the gateway's list '" + part + "' already");
            }
            write(transaction, gatewayId, inventory, device, order, now);
            present.remove(device.id());
            changes.device(new GateKey(gatewayId, device.id()));
        }
        for (Map.Entry<String, String> left : present.entrySet()) {
            if (left.getValue().equals(inventory.part())) {
                transaction.update("delete from device where gateway_id = ? and id = ?", gatewayId, left.getKey());
                changes.device(new GateKey(gatewayId, left.getKey()));
            }
        }
    }

    /**
     * A message of one device came in.
     *
     * @param status what it says of the device's status; one of {@link Device#STATUSES}, or null
     * @param at device time
     */
    public static void heard(
            Transaction transaction,
            String gatewayId,
            String id,
            @Nullable String status,
            @Nullable Instant at,
            Instant now,
            Changes changes)
            throws SQLException {
        int known = transaction.update(
                "update device set last_seen_ms = ? where gateway_id = ? and id = ?", now, gatewayId, id);
        if (known == 1 && status != null) {
            int changed = transaction.update("""
                    update device set status = ?, status_at_ms = ?
                    where gateway_id = ? and id = ? and coalesce(status_at_ms, 0) <= ?""", status, at == null ? now : at, gatewayId, id, at == null ? now : at);
            if (changed == 1) {
                changes.device(new GateKey(gatewayId, id));
            }
        }
    }

    /** Whether the gateway lists this device as its own. */
    public static boolean isLinked(Transaction transaction, String gatewayId, String id) throws SQLException {
        return transaction.number("select count(*) from device where gateway_id = ? and id = ?", gatewayId, id) > 0;
    }

    /** The device spoke for itself, with a key of its own. */
    public static void spoke(Transaction transaction, String gatewayId, String id, Instant now, Changes changes)
            throws SQLException {
        int changed = transaction.update("""
                update device set direct_at_ms = ?, last_seen_ms = ?, status = 'online', status_at_ms = ?
                where gateway_id = ? and id = ?""", now, now, now, gatewayId, id);
        if (changed == 1) {
            changes.device(new GateKey(gatewayId, id));
        }
    }

    /** @return false when the list that is there is newer */
    private static boolean takeList(
            Transaction transaction, String gatewayId, Inventory inventory, GateTable.Order order)
            throws SQLException, MalformedPayloadException {
        GateTable.Order present = transaction.first("""
                select list_epoch_id, list_seq, list_at_ms from device_list where gateway_id = ? and part = ?""", GateTable::order, gatewayId, inventory.part());
        if (present != null && order.isBefore(present)) {
            return false;
        }
        if (present == null
                && transaction.number("select count(*) from device_list where gateway_id = ?", gatewayId)
                        >= MAX_PARTS) {
            throw new MalformedPayloadException("the gateway has " + MAX_PARTS + " lists already");
        }
        transaction.update(
                """
                insert into device_list (gateway_id, part, revision, list_at_ms, list_epoch_id, list_seq)
                values (?, ?, ?, ?, ?, ?)
                on conflict (gateway_id, part) do update set revision = excluded.revision,
                    list_at_ms = excluded.list_at_ms, list_epoch_id = excluded.list_epoch_id,
                    list_seq = excluded.list_seq""", gatewayId, inventory.part(), inventory.revision(), order.at(), order.epochId(), order.seq());
        return true;
    }

    /** The part of each device that is there. */
    private static Map<String, String> present(Transaction transaction, String gatewayId) throws SQLException {
        Map<String, String> present = new HashMap<>();
        transaction.all(
                "select id, part from device where gateway_id = ?",
                row -> present.put(row.getString(1), row.getString(2)),
                gatewayId);
        return present;
    }

    private static void write(
            Transaction transaction,
            String gatewayId,
            Inventory inventory,
            Device device,
            GateTable.Order order,
            Instant now)
            throws SQLException {
        transaction.update(
                """
                insert into device (gateway_id, id, part, type, parent_id, name, manufacturer, model, firmware, serial,
                    address, profiles, status, status_at_ms, revision, first_seen_ms, last_seen_ms)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (gateway_id, id) do update set type = excluded.type, parent_id = excluded.parent_id,
                    name = excluded.name, manufacturer = excluded.manufacturer, model = excluded.model,
                    firmware = excluded.firmware, serial = excluded.serial, address = excluded.address,
                    profiles = excluded.profiles, status = excluded.status, status_at_ms = excluded.status_at_ms,
                    revision = excluded.revision, last_seen_ms = excluded.last_seen_ms""",
                gatewayId,
                device.id(),
                inventory.part(),
                device.type().name(),
                device.parent(),
                device.name(),
                device.manufacturer(),
                device.model(),
                device.firmware(),
                device.serial(),
                device.address(),
                profiles(device.profiles()),
                device.status(),
                order.at() == null ? now : order.at(),
                inventory.revision(),
                now,
                now);
    }

    private static String profiles(List<String> profiles) {
        return new String(JsonText.write(profiles), StandardCharsets.UTF_8);
    }
}

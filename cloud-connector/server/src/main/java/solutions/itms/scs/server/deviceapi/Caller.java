package solutions.itms.scs.server.deviceapi;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.device.GatewayIdentity;

/**
 * Whose key signed a request.
 *
 * @param gateway to which the device belongs
 * @param child the device behind the gateway; null for the gateway itself
 */
record Caller(GatewayIdentity gateway, @Nullable String child) {
    /** The id of the device that the key belongs to. */
    String device() {
        return child == null ? gateway.id() : child;
    }

    /** As the audit names it. */
    String actor() {
        return child == null ? "gateway:" + gateway.id() : "device:" + gateway.id() + "/" + child;
    }
}

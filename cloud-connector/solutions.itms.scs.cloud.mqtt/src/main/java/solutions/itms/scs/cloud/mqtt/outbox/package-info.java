/**
 * The durable queue of a cloud connection: what was accepted stays on the disk until the cloud has it. Plain Java; knows
 * nothing of connections.
 */
@NullMarked
package solutions.itms.scs.cloud.mqtt.outbox;

import org.jspecify.annotations.NullMarked;

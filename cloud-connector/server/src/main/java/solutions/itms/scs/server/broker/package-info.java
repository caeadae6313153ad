/** The embedded MQTT broker, its authentication and its rights per gateway. */
@NullMarked
package solutions.itms.scs.server.broker;

import org.jspecify.annotations.NullMarked;

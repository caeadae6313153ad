/** What the gateway can tell of the machine that it runs on; read from the system itself, bounded, without a shell. */
@NullMarked
package solutions.itms.scs.gateway.host;

import org.jspecify.annotations.NullMarked;

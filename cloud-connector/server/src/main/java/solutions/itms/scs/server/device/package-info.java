/** Gateways and gates: their rows, their presence, and what the API shows of them. */
@NullMarked
package solutions.itms.scs.server.device;

import org.jspecify.annotations.NullMarked;

/** What the operator of the server sees: health, and log lines that don't repeat. */
@NullMarked
package solutions.itms.scs.server.ops;

import org.jspecify.annotations.NullMarked;

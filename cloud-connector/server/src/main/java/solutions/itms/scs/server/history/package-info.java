/** The history of metrics: how it is written, read, and deleted when it is old. */
@NullMarked
package solutions.itms.scs.server.history;

import org.jspecify.annotations.NullMarked;

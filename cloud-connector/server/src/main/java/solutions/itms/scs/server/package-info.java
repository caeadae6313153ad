/** The cloud server: command line, data directory, and the assembly of all parts. */
@NullMarked
package solutions.itms.scs.server;

import org.jspecify.annotations.NullMarked;

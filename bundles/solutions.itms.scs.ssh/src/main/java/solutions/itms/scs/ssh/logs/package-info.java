/** The logs of gates: which, how they are fetched, and how they are kept. */
@NullMarked
package solutions.itms.scs.ssh.logs;

import org.jspecify.annotations.NullMarked;

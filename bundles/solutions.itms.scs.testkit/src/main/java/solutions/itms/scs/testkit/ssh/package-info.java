/** A simulated gate with an SSH server that misbehaves. */
@NullMarked
package solutions.itms.scs.testkit.ssh;

import org.jspecify.annotations.NullMarked;

/** Simulated recorders with Profile G, which check what they are asked and can misbehave. */
@NullMarked
package solutions.itms.scs.testkit.nvr;

import org.jspecify.annotations.NullMarked;

/** Simulated devices that speak the real protocols, and can misbehave. */
@NullMarked
package solutions.itms.scs.testkit;

import org.jspecify.annotations.NullMarked;

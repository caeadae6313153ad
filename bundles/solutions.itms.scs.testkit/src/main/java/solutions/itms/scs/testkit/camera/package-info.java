/** Simulated ONVIF cameras, a thousand of them on one thread, that check what they are asked and can misbehave. */
@NullMarked
package solutions.itms.scs.testkit.camera;

import org.jspecify.annotations.NullMarked;

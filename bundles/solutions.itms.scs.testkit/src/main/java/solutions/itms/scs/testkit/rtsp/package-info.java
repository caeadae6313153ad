/** Simulated recorders and cameras that speak RTSP. */
@NullMarked
package solutions.itms.scs.testkit.rtsp;

import org.jspecify.annotations.NullMarked;

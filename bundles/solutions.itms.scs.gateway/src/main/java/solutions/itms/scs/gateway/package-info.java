/** The gateway itself: its numbered telemetry to the cloud. */
@NullMarked
package solutions.itms.scs.gateway;

import org.jspecify.annotations.NullMarked;

/** The station's own log files: what was said, by whom, when; apart from the log of the platform. */
@NullMarked
package solutions.itms.scs.station.log;

import org.jspecify.annotations.NullMarked;

/** RTSP 1.0 over TCP. */
@NullMarked
package solutions.itms.scs.media.rtsp;

import org.jspecify.annotations.NullMarked;

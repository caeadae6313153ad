/** RTP: from packets to frames. */
@NullMarked
package solutions.itms.scs.media.rtp;

import org.jspecify.annotations.NullMarked;

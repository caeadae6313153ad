/** MP4 files, whole and in fragments. */
@NullMarked
package solutions.itms.scs.media.mp4;

import org.jspecify.annotations.NullMarked;

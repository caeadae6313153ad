/** Parameter sets: what a stream says of itself. */
@NullMarked
package solutions.itms.scs.media.codec;

import org.jspecify.annotations.NullMarked;

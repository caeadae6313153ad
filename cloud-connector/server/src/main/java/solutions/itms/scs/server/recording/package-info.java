/** Clips out of recorders and recordings of streams: who asked for what, and how far it is. */
@NullMarked
package solutions.itms.scs.server.recording;

import org.jspecify.annotations.NullMarked;

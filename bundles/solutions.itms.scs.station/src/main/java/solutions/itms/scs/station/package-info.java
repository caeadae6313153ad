/** The Station Computer: the HTTP server that gates send their heartbeats to, and what it knows of them. */
@NullMarked
package solutions.itms.scs.station;

import org.jspecify.annotations.NullMarked;

/** From the broker into the database: each message once, acknowledged after the commit. */
@NullMarked
package solutions.itms.scs.server.ingest;

import org.jspecify.annotations.NullMarked;

/** The HTTP server: routes, errors as problem JSON, headers, and the console's files. */
@NullMarked
package solutions.itms.scs.server.http;

import org.jspecify.annotations.NullMarked;

/** What people and gateways did, in a chain of hashes that only grows. */
@NullMarked
package solutions.itms.scs.server.audit;

import org.jspecify.annotations.NullMarked;

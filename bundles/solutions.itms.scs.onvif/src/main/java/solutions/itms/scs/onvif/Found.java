package solutions.itms.scs.onvif;

import java.util.List;

/**
 * What a search found.
 *
 * @param truncated whether there is more than was asked for, or than could be read in time
 */
public record Found<T>(List<T> items, boolean truncated) {
    public Found {
        items = List.copyOf(items);
    }
}

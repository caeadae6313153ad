package solutions.itms.scs.station;

import java.util.Collection;

/** Is told what the station learns of its gates. Called on the store's writer thread: must not block. */
interface GateListener {
    /** These gates changed in more than their times; the change is on the disk. */
    void changed(Collection<Gate> gates);
}

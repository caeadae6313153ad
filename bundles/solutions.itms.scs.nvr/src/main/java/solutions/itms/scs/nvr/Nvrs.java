package solutions.itms.scs.nvr;

import solutions.itms.scs.onvif.watch.Fleet;

/** The recorders of this gateway, for the component of each of them. Thread-safe. */
interface Nvrs {
    /** All recorders; the same as long as this service is there. */
    Fleet<NvrSettings, Recorder> fleet();
}

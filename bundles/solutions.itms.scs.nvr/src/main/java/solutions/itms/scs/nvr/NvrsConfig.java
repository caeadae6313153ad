package solutions.itms.scs.nvr;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator sees of the recorders together in the Kura web console. */
@ObjectClassDefinition(id = NvrsConfig.PID, name = "SCS Recorders", description = "What all recorders share.")
@interface NvrsConfig {
    String PID = "solutions.itms.scs.nvr";

    @AttributeDefinition(
            name = "Spool Size",
            min = "100",
            max = "100000",
            description =
                    "Megabytes that clips which are being fetched may take in the gateway's data folder; each counts"
                            + " with the size that it may have at most.")
    int spool_megabytes() default NvrsComponent.DEFAULT_SPOOL;
}

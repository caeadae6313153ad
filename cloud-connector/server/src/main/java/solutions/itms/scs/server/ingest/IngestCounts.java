package solutions.itms.scs.server.ingest;

/**
 * What was ingested since the start of the server.
 *
 * @param taken messages of known gateways, duplicates not counted
 * @param duplicates messages that had been taken before
 * @param bad messages that could not be read
 * @param unknownGateway messages of gateways that nobody added
 * @param unknownKind messages of a kind that is not kept; their numbers are taken
 */
public record IngestCounts(long taken, long duplicates, long bad, long unknownGateway, long unknownKind) {
    static final IngestCounts NONE = new IngestCounts(0, 0, 0, 0, 0);

    IngestCounts plus(IngestCounts more) {
        return new IngestCounts(
                taken + more.taken,
                duplicates + more.duplicates,
                bad + more.bad,
                unknownGateway + more.unknownGateway,
                unknownKind + more.unknownKind);
    }
}

package solutions.itms.scs.testkit.rtsp;

/** What a simulated server does wrong, or otherwise than most. */
public enum RtspFault {
    /** Content-Base is a path without a scheme, and not even the right one. */
    CONTENT_BASE_WITHOUT_SCHEME,
    /** The description comes without a Content-Type. */
    NO_CONTENT_TYPE,
    /** Tracks have no control of their own when there is but one. */
    CONTROL_OF_SESSION_ALONE,
    /** The control attribute stands before all others of its track. */
    CONTROL_FIRST,
    /** RTP-Info ends with a semicolon, has sequence 0 and a time that is no number. */
    BROKEN_RTP_INFO,
    /** The SSRC in Transport has blanks in front. */
    SSRC_WITH_BLANKS,
    /** Each SETUP gives another session. */
    SESSION_CHANGES,
    /** SETUP gives no session. */
    NO_SESSION,
    /** An empty line stands before each piece of data. */
    CRLF_BEFORE_DATA,
    /** Data comes on channels nobody asked for. */
    UNKNOWN_CHANNELS,
    /** Data comes before the answer to PLAY. */
    DATA_BEFORE_ANSWER,
    /** Packets of type 50 are in between. */
    PACKETS_OF_TYPE_50,
    /** Bytes that are nothing at all are in between. */
    GARBAGE_IN_BETWEEN,
    /** Parameter sets come in the stream alone. */
    PARAMETERS_IN_BAND_ONLY,
    /** Parameter sets are in the description alone. */
    PARAMETERS_IN_DESCRIPTION_ONLY,
    /** All units of a frame are in one packet, parted by start codes. */
    START_CODES_IN_PACKETS,
    /** There are fragments without content. */
    EMPTY_FRAGMENTS,
    /** The type in the fragments after the first is another one. */
    FRAGMENTS_CHANGE_TYPE,
    /** A unit of information stands before each picture, with the mark of the end of a frame. */
    MARKER_ON_INFORMATION,
    /** Parameter sets are followed by zeros. */
    BYTES_AFTER_PARAMETERS,
    /** Small units are put together in one packet. */
    AGGREGATES,
    /** It knows no GET_PARAMETER. */
    NO_GET_PARAMETER,
    /** The session ends after two seconds without a request. */
    SHORT_SESSION,
    /** It says 551 to Require. */
    REFUSES_REQUIRE,
    /** It says 400 to Rate-Control. */
    REFUSES_RATE_CONTROL,
    /** It says 400 to anything but Range. */
    RANGE_ALONE,
    /** It says 459 to what is asked of the session as a whole. */
    NO_AGGREGATE,
    /** It says 455 to PLAY of the session as a whole. */
    AGGREGATE_NOT_VALID,
    /** It sends over UDP alone: 461. */
    UDP_ALONE,
    /** It plays forward, whatever Scale says, and tells. */
    FORWARD_ALONE,
    /** It plays forward, whatever Scale says, and keeps silent about it. */
    FORWARD_ALONE_UNTOLD,
    /** The frames of a PLAY don't tell which one it was. */
    NO_CSEQ_IN_FRAMES,
    /** It starts at the key frame after the time. */
    STARTS_LATE,
    /** It starts an hour too early. */
    STARTS_AN_HOUR_EARLY,
    /** It sends what is a day later. */
    SENDS_ANOTHER_DAY,
    /** After the end there is silence, no frame is marked. */
    SILENT_END,
    /** After the end there is a goodbye, no frame is marked. */
    BYE_AT_END,
    /** After the end the connection is closed, no frame is marked. */
    CLOSES_AT_END,
    /** It goes on after the end. */
    NO_END,
    /** Frames carry no recorded time. */
    NO_TIMES,
    /** Recorded times come with more words than they should. */
    LONG_TIMES,
    /** Each hundredth frame is stamped five hours away. */
    WRONG_TIMES,
    /** The clock of RTP wraps six seconds after the start. */
    CLOCK_WRAPS,
    /** It stops sending in the middle, and says nothing. */
    STOPS_SENDING,
    /** It cuts the connection after some hundred packets, again and again. */
    CUTS,
    /** It cuts the first ten connections somewhere. */
    CUTS_TEN_TIMES,
    /** Five of a hundred packets are not there. */
    LOSES_PACKETS,
    /** One packet is not there, the first time. */
    LOSES_ONE_PACKET,
    /** Some packets come twice and late. */
    REPEATS_PACKETS,
    /** It sends one elsewhere first. */
    REDIRECTS,
    /** It asks us things, too. */
    ASKS_BACK,
    /** It takes requests and never answers. */
    NEVER_ANSWERS
}

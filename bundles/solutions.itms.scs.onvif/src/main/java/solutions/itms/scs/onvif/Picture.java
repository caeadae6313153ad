package solutions.itms.scs.onvif;

/** A picture that is one: its bytes begin and end as JPEG or PNG does. @param bytes nobody may change them */
public record Picture(String mediaType, byte[] bytes) {}

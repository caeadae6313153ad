package solutions.itms.scs.message.command;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a command was refused or came to nothing. The list is part of the interface: people and programs decide by it. The
 * first eight are those of handlers.
 */
public enum ErrorCode {
    INVALID_PARAMETERS(
            400,
            "A parameter is missing, wrong or unknown; each is named. Correct it and send a new command.",
            "พารามิเตอร์ขาด ผิด หรือไม่รู้จัก ระบบบอกชื่อไว้แล้ว โปรดแก้ไขแล้วส่งคำสั่งใหม่"),
    NOT_FOUND(404, "There is no such device here.", "ไม่มีอุปกรณ์นี้ที่ไซต์นี้"),
    NOT_ALLOWED(403, "The site does not let commands do this.", "ไซต์นี้ไม่อนุญาตให้คำสั่งทำสิ่งนี้"),
    CONFLICT(409, "It can't be done as things are now.", "สภาพปัจจุบันทำคำสั่งนี้ไม่ได้"),
    UNAVAILABLE(
            503,
            "Something that is needed does not work now; the same may succeed later.",
            "ส่วนที่ต้องใช้ยังไม่พร้อม ลองใหม่ภายหลังอาจสำเร็จ"),
    TIMEOUT(504, "The time was over before it was done.", "หมดเวลาก่อนทำเสร็จ"),
    CANCELLED(409, "It was stopped because somebody asked for that.", "ถูกหยุดเพราะมีผู้ขอยกเลิก"),
    INTERNAL(500, "A fault of the gateway; its log tells more.", "เกตเวย์ขัดข้องภายใน ดูรายละเอียดในบันทึกของเกตเวย์"),
    INTERRUPTED(
            500,
            "The gateway stopped in the middle; what was done until then is not known. Look before you send it again.",
            "เกตเวย์หยุดกลางคัน ไม่ทราบว่าทำไปถึงไหน โปรดตรวจสอบก่อนส่งใหม่"),
    NOT_AVAILABLE_ON_GATEWAY(
            404,
            "This gateway has nothing that carries out this command; a newer version or another bundle may.",
            "เกตเวย์นี้ไม่มีส่วนที่ทำคำสั่งนี้ อาจต้องใช้รุ่นใหม่หรือติดตั้งบันเดิลเพิ่ม"),
    BAD_SIGNATURE(
            401,
            "The signature is wrong, its key is not known or revoked, or no key is configured.",
            "ลายเซ็นไม่ถูกต้อง ไม่รู้จักกุญแจ กุญแจถูกเพิกถอน หรือยังไม่ได้ตั้งค่ากุญแจ"),
    WRONG_GATEWAY(403, "The command is for another gateway.", "คำสั่งนี้เป็นของเกตเวย์อื่น"),
    EXPIRED(
            403,
            "The command was too old, or from the future, by the gateway's clock.",
            "คำสั่งหมดอายุ หรือเวลาอยู่ในอนาคตเมื่อเทียบกับนาฬิกาของเกตเวย์"),
    UNKNOWN_TYPE(404, "The gateway's registry has no such command.", "ทะเบียนคำสั่งของเกตเวย์ไม่มีคำสั่งนี้"),
    WRONG_TARGET_TYPE(400, "The command is for another kind of device.", "คำสั่งนี้ใช้กับอุปกรณ์ชนิดอื่น"),
    BUSY(429, "Too many commands wait already; send it again later.", "มีคำสั่งรออยู่มากเกินไป โปรดส่งใหม่ภายหลัง"),
    REPLAYED(
            401,
            "This was sent before, or the id was used for another command.",
            "เคยส่งแล้ว หรือรหัสนี้ถูกใช้กับคำสั่งอื่น"),
    TOO_LARGE(413, "It is larger than allowed.", "ข้อมูลใหญ่เกินที่กำหนด"),
    MALFORMED(400, "It has not the form that it must have.", "รูปแบบข้อมูลไม่ถูกต้อง"),
    CLOCK_SKEW(
            401,
            "The sender's clock is too far from the receiver's; the answer tells the right time.",
            "นาฬิกาของผู้ส่งต่างจากผู้รับมากเกินไป คำตอบบอกเวลาที่ถูกต้อง");

    private final String text = name().toLowerCase(Locale.ROOT);
    private final int status;
    private final Map<String, String> explanation;

    ErrorCode(int status, String en, String th) {
        this.status = status;
        this.explanation = Map.of("en", en, "th", th);
    }

    /** As it stands on the wire. */
    public String text() {
        return text;
    }

    /** The code of a reply to a request that is refused for this: an HTTP status, in Kura's replies as well. */
    public int status() {
        return status;
    }

    /** What it means and what to do, by language: {@code en} and {@code th}. */
    public Map<String, String> explanation() {
        return explanation;
    }

    /** The code of this text; empty when there is none. */
    public static Optional<ErrorCode> of(String text) {
        for (ErrorCode code : values()) {
            if (code.text.equals(text)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}

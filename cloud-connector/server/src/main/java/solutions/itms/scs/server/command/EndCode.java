package solutions.itms.scs.server.command;

import java.util.Locale;
import java.util.Map;

/** Why the server itself ended a command, by the stage that failed. The gateway's own codes are in the registry. */
enum EndCode {
    NOT_APPROVED(
            "approval", "Nobody approved it in time. Nothing was sent.", "ไม่มีผู้อนุมัติภายในเวลา ยังไม่ได้ส่งคำสั่ง"),
    REFUSED_BY_APPROVER(
            "approval", "The approver refused it. Nothing was sent.", "ผู้อนุมัติปฏิเสธ ยังไม่ได้ส่งคำสั่ง"),
    NOT_CONNECTED(
            "queue",
            "The gateway was not connected, or busy with earlier commands, until the time was over. Nothing was sent.",
            "เกตเวย์ไม่ได้เชื่อมต่อหรือยังทำคำสั่งก่อนหน้าไม่เสร็จจนหมดเวลา ยังไม่ได้ส่งคำสั่ง"),
    NO_COMMAND_KEY(
            "dispatch",
            "The gateway was not told of any key of this server, so that it would refuse the command. Nothing was sent.",
            "เกตเวย์ยังไม่มีกุญแจของเซิร์ฟเวอร์นี้จึงจะไม่รับคำสั่ง ยังไม่ได้ส่งคำสั่ง"),
    ALTERED(
            "dispatch",
            "What is stored is not what was asked for or approved. Nothing was sent; an administrator must find out why.",
            "ข้อมูลคำสั่งไม่ตรงกับที่ขอหรือที่อนุมัติ ยังไม่ได้ส่งคำสั่ง ผู้ดูแลระบบต้องตรวจสอบ"),
    NO_ACKNOWLEDGEMENT(
            "dispatch",
            "It was sent, but the gateway never said that it has it. Look at the device before you send it again.",
            "ส่งแล้วแต่เกตเวย์ไม่ยืนยันว่าได้รับ โปรดตรวจอุปกรณ์ก่อนส่งใหม่"),
    NO_RESULT(
            "execution",
            "The gateway has it, but told no result in time. What it did is not known; a late result will be shown.",
            "เกตเวย์ได้รับแล้วแต่ไม่รายงานผลภายในเวลา ไม่ทราบว่าทำหรือไม่ หากมีผลมาภายหลังจะแสดงไว้"),
    NO_ANSWER_TO_CANCEL(
            "cancel",
            "The gateway did not say whether it could stop. What it did is not known.",
            "เกตเวย์ไม่ตอบว่าหยุดได้หรือไม่ ไม่ทราบว่าทำไปถึงไหน"),
    GATEWAY_REMOVED("removal", "Its gateway was removed.", "เกตเวย์ถูกนำออกจากระบบแล้ว");

    private final String stage;
    private final String en;
    private final String th;

    EndCode(String stage, String en, String th) {
        this.stage = stage;
        this.en = en;
        this.th = th;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String stage() {
        return stage;
    }

    String message() {
        return en;
    }

    /** For people, by language. */
    Map<String, String> explanation() {
        return Map.of("en", en, "th", th);
    }
}

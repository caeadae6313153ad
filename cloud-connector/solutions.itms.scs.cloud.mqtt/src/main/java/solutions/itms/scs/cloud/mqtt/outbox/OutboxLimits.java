package solutions.itms.scs.cloud.mqtt.outbox;

import java.time.Duration;

/**
 * What an outbox keeps, and for how long.
 *
 * @param maxBytes what undelivered messages may take on the disk
 * @param maxAge how long an undelivered message is kept, in time that the gateway runs; zero = for ever
 * @param powerSafe whether a message survives a power cut from the moment it was accepted; else the last ones may go
 * @param receipts whether numbered messages are kept until the server's receipt; else until the broker's acknowledgement
 * @param receiptTimeout after how long without a receipt a message is sent again
 */
public record OutboxLimits(
        long maxBytes, Duration maxAge, boolean powerSafe, boolean receipts, Duration receiptTimeout) {}

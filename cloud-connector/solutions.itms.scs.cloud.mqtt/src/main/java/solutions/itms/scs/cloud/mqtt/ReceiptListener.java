package solutions.itms.scs.cloud.mqtt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.cloud.mqtt.outbox.Outbox;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Receipt;

/** Takes the server's receipts. They need no answer: one that is lost is made good by the next. */
final class ReceiptListener implements Subscribers.Listener {
    static final Subscription SUBSCRIPTION = new Subscription(true, Receipt.APP_ID, "", 1);

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptListener.class);
    private static final String END = "/" + Receipt.APP_ID + "/" + Receipt.SUBJECT;

    private final Outbox outbox;
    private final Runnable afterwards;

    /** @param afterwards called after each receipt: there may be room to send more */
    ReceiptListener(Outbox outbox, Runnable afterwards) {
        this.outbox = outbox;
        this.afterwards = afterwards;
    }

    @Override
    public void accept(String topic, byte[] payload) {
        if (!topic.endsWith(END)) {
            return;
        }
        try {
            outbox.received(Receipt.of(Payloads.decode(payload)));
            afterwards.run();
        } catch (MalformedPayloadException e) {
            LOG.debug("A receipt that can't be read", e);
        }
    }
}

package solutions.itms.scs.gateway;

import solutions.itms.scs.message.Payload;

/** Takes numbered messages to the cloud, such as a Kura cloud publisher. */
@FunctionalInterface
interface Carrier {
    /**
     * Hands one message over.
     *
     * @param subject topic levels behind the application id
     * @param priority as in Kura, 0 is the most urgent
     * @throws Exception if it was not taken; the same message is handed over again later
     */
    void carry(String subject, Payload payload, int priority) throws Exception;
}

package solutions.itms.scs.server.command;

/** Something that happens to a command. */
sealed interface CommandEvent {
    /** Somebody with the right to do so approved it. */
    record Approved() implements CommandEvent {}

    /** The approver refused it. */
    record Refused() implements CommandEvent {}

    /** It is its turn, and the gateway is connected. */
    record Turn() implements CommandEvent {}

    /** It can't be made into a message; nothing was sent. */
    record Unsendable(EndCode code) implements CommandEvent {}

    /** The broker has it. */
    record HandedOver() implements CommandEvent {}

    /** The gateway says that it has it and will work on it later. */
    record Accepted() implements CommandEvent {}

    /** The gateway says that it works on it. */
    record Started() implements CommandEvent {}

    /** The gateway says how it ended. */
    record Ended(CommandState to) implements CommandEvent {
        public Ended {
            if (!to.isFinal() || to == CommandState.EXPIRED || to == CommandState.REMOVED) {
                throw new IllegalArgumentException("a gateway can't say " + to);
            }
        }
    }

    /** Somebody wants it stopped. */
    record CancelAsked() implements CommandEvent {}

    /** The gateway never had what it was to stop, and will not begin it any more. */
    record CancelUnknown() implements CommandEvent {}

    /** The gateway will not stop it any more. */
    record CancelRefused() implements CommandEvent {}

    /** Somebody with the right to do so stops waiting for it, whatever the gateway does. */
    record Forced() implements CommandEvent {}

    /**
     * Its deadline is over.
     *
     * @param connected whether the gateway is
     */
    record DeadlineOver(boolean connected) implements CommandEvent {}

    /**
     * The gateway connected and told what it has.
     *
     * @param known whether this command is among it
     */
    record GatewayCame(boolean known) implements CommandEvent {}

    /** The gateway was removed. */
    record GatewayRemoved() implements CommandEvent {}
}

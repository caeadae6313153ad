package solutions.itms.scs.server.command;

/** Parts of commands for tests of other packages. */
public final class TestCommands {
    private TestCommands() {}

    /** Takes reports; no gateway is connected. */
    public static CommandReports reports() {
        CommandTable table = new CommandTable(new LifeCycle(LifeCycle.Limits.DEFAULT));
        return new CommandReports(table, new Turns(table, id -> false), new GatewayKeys());
    }
}

package solutions.itms.scs.message.command;

/** What a command does with its object, as in LwM2M. */
public enum Operation {
    READ("R"),
    WRITE("W"),
    EXECUTE("E");

    private final String letter;

    Operation(String letter) {
        this.letter = letter;
    }

    /** As it stands in the registry. */
    public String letter() {
        return letter;
    }

    static Operation of(String letter) {
        for (Operation operation : values()) {
            if (operation.letter.equals(letter)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("operation must be R, W or E, not " + letter);
    }
}

package solutions.itms.scs.station;

import java.util.List;
import solutions.itms.scs.store.Schema;

/** What the station's database holds. */
final class StationSchema {
    static final Schema SCHEMA = new Schema(List.of(
            List.of(
                    // one row for each gate that was ever heard
                    """
                    CREATE TABLE gate (
                      id TEXT PRIMARY KEY,
                      ip TEXT NOT NULL,
                      status TEXT NOT NULL,
                      reported TEXT NOT NULL,
                      last_heartbeat_ms INTEGER NOT NULL,
                      received_at_ms INTEGER NOT NULL,
                      source_ip TEXT,
                      gate_id TEXT,
                      side TEXT,
                      type TEXT,
                      message TEXT
                    ) WITHOUT ROWID
                    """,
                    // every change of a gate's effective status, kept longer than heartbeats matter
                    """
                    CREATE TABLE transition (
                      seq INTEGER PRIMARY KEY,
                      id TEXT NOT NULL,
                      old_status TEXT,
                      new_status TEXT NOT NULL,
                      at_ms INTEGER NOT NULL
                    )
                    """,
                    "CREATE INDEX transition_of_gate ON transition (id, at_ms)"),
            List.of(
                    // fields of a heartbeat that this software does not know, as JSON
                    "ALTER TABLE gate ADD COLUMN extra TEXT",
                    "CREATE INDEX transition_in_time ON transition (at_ms)",
                    // what each device is to do
                    """
                    CREATE TABLE wish (
                      id TEXT PRIMARY KEY,
                      operation TEXT,
                      operation_at_ms INTEGER,
                      aisle_mode INTEGER,
                      aisle_mode_at_ms INTEGER,
                      inservice_last TEXT
                    ) WITHOUT ROWID
                    """,
                    // when each device asked last, when it was first told, and of which setting
                    """
                    CREATE TABLE poll (
                      id TEXT PRIMARY KEY,
                      operation_polled_ms INTEGER,
                      operation_delivered_ms INTEGER,
                      operation_of_ms INTEGER,
                      aisle_mode_polled_ms INTEGER,
                      aisle_mode_delivered_ms INTEGER,
                      aisle_mode_of_ms INTEGER
                    ) WITHOUT ROWID
                    """,
                    // every control write, each entry's hash over the one before
                    """
                    CREATE TABLE audit (
                      seq INTEGER PRIMARY KEY,
                      grp INTEGER NOT NULL,
                      at_ms INTEGER NOT NULL,
                      who TEXT NOT NULL,
                      device TEXT NOT NULL,
                      kind TEXT NOT NULL,
                      old TEXT,
                      new TEXT,
                      reason TEXT,
                      prev TEXT NOT NULL,
                      hash TEXT NOT NULL
                    )
                    """),
            List.of(
                    "ALTER TABLE gate ADD COLUMN number INTEGER",
                    // the times of each gate's last heartbeat: what changes most, on the fewest pages
                    """
                    CREATE TABLE beat (
                      number INTEGER PRIMARY KEY,
                      last_heartbeat_ms INTEGER NOT NULL,
                      received_at_ms INTEGER NOT NULL
                    )
                    """)));

    private StationSchema() {}
}

package org.eclipse.kura.configuration.metatype;

import java.util.List;

/** The content of a metatype file. */
public interface MetaData {
    List<Designate> getDesignate();

    String getLocalization();

    List<OCD> getOCD();
}

package dev.weir.cli.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo was asked for.
 *
 * @param lastAct plays up to this act; empty for all
 * @param data the user's own file instead of the public data
 * @param declarations bounds and key domains of that file
 * @param keep leaves the stack up
 * @param breakACheck makes one check wrong on purpose, so that a test can see that a failed check
 *     is noticed
 */
record DemoOptions(
    String lastAct,
    Optional<Path> data,
    Optional<Path> declarations,
    boolean keep,
    boolean breakACheck) {}

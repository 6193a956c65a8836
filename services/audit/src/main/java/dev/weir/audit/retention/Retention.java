package dev.weir.audit.retention;

/**
 * What is kept for how long. Immutable.
 *
 * @param name of the class
 * @param floorDays what the law asks for
 * @param days what is in force; never below the floor, never lowered
 */
public record Retention(String name, int floorDays, int days) {}

package dev.weir.cli.demo;

import dev.weir.cli.demo.Field.Bounds;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The demo acting as the department when nobody can be asked: it takes what is proposed, and says
 * so in contract and answers. Immutable.
 *
 * @param declaredZone from the command line
 */
record ActingDepartment(Optional<ZoneId> declaredZone) implements Department {
  static final int MAX_GROUPS = 1;
  static final int MAX_ROWS_PER_GROUP = 4;

  @Override
  public Optional<ZoneId> zone(List<String> columns) {
    return declaredZone;
  }

  @Override
  public Optional<PersonKey> personKey(Optional<String> proposed, List<String> columns) {
    return proposed.map(column -> new PersonKey(column, MAX_GROUPS, MAX_ROWS_PER_GROUP));
  }

  @Override
  public Bounds bounds(String column, Bounds proposal) {
    return proposal;
  }

  @Override
  public List<String> keys(String column) {
    return List.of();
  }
}

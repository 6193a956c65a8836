package dev.weir.cli.demo;

import dev.weir.cli.demo.Field.Bounds;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Decides as a file of declarations says, and where that is silent as another would. Immutable.
 *
 * @param otherwise decides the rest
 */
record DeclaredDepartment(Declarations declared, Department otherwise) implements Department {

  @Override
  public Optional<ZoneId> zone(List<String> columns) {
    return declared.zone().or(() -> otherwise.zone(columns));
  }

  @Override
  public Optional<PersonKey> personKey(Optional<String> proposed, List<String> columns) {
    declared.requireColumns(columns);
    return declared.personKey().or(() -> otherwise.personKey(proposed, columns));
  }

  @Override
  public Bounds bounds(String column, Bounds proposal) {
    return declared.bounds(column).orElseGet(() -> otherwise.bounds(column, proposal));
  }

  @Override
  public List<String> keys(String column) {
    return declared.keys(column).orElseGet(() -> otherwise.keys(column));
  }
}

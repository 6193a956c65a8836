package dev.weir.query.plan.render;

import dev.weir.query.plan.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of engine SQL with the parameters of its question marks, in order. Immutable; made only
 * by this package, never from user text.
 */
public record Fragment(String sql, List<Parameter> parameters) {
  public Fragment {
    parameters = List.copyOf(parameters);
  }

  static Fragment of(String sql) {
    return new Fragment(sql, List.of());
  }

  static Fragment bound(String sql, Parameter parameter) {
    return new Fragment(sql, List.of(parameter));
  }

  /** Fills each {@code {}} of a template with the next part. */
  static Fragment format(String template, Fragment... parts) {
    var sql = new StringBuilder();
    var parameters = new ArrayList<Parameter>();
    int from = 0;
    for (Fragment part : parts) {
      int hole = template.indexOf("{}", from);
      sql.append(template, from, hole).append(part.sql);
      parameters.addAll(part.parameters);
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalStateException("a template has as many holes as parts");
    }
    return new Fragment(sql.append(template.substring(from)).toString(), parameters);
  }

  static Fragment join(String separator, List<Fragment> parts) {
    var parameters = new ArrayList<Parameter>();
    parts.forEach(part -> parameters.addAll(part.parameters));
    return new Fragment(
        String.join(separator, parts.stream().map(Fragment::sql).toList()), parameters);
  }
}

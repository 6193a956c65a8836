package dev.weir.space.resource;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider registers after a person confirmed the schema.
 *
 * @param lineageId for a derived resource: the lineage of what it was made from; a new one
 *     otherwise
 * @param topic the subject heading it is found under, 1 to 64 characters
 */
public record ResourceDraft(
    Bilingual title,
    Bilingual description,
    String topic,
    Openness openness,
    SchemaDraft schema,
    Optional<LineageId> lineageId,
    boolean synthetic) {
  private static final int MAX_TEXT_CHARACTERS = 4_000;

  /** The columns in order. */
  public record SchemaDraft(List<ColumnDraft> columns) {
    public SchemaDraft {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column as written; without class and level it is unclassified and refused.
   *
   * @param level 1 to 5
   */
  public record ColumnDraft(
      String name,
      ColumnType type,
      int scale,
      boolean nullable,
      ColumnRole role,
      Optional<LegalClass> legalClass,
      Optional<Integer> level,
      String description) {}

  /**
   * @throws ProblemException of type {@link ProblemType#UNCLASSIFIED} unless every column has class
   *     and level
   */
  RecordSchema confirmedSchema() {
    var unclassified =
        schema.columns().stream()
            .filter(column -> column.legalClass().isEmpty() || column.level().isEmpty())
            .map(ColumnDraft::name)
            .toList();
    if (!unclassified.isEmpty()) {
      throw new ProblemException(
          ProblemType.UNCLASSIFIED,
          "Every column needs a legal class and a level before the resource can be saved.",
          Map.of("columns", unclassified));
    }
    return new RecordSchema(schema.columns().stream().map(ResourceDraft::column).toList());
  }

  void checkTexts() {
    boolean complete =
        isText(title.zh())
            && isText(title.en())
            && isText(description.zh())
            && isText(description.en())
            && isText(topic)
            && topic.length() <= 64;
    if (!complete) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A resource has title and description in both languages (at most 4000 characters) and a"
              + " topic of at most 64.");
    }
  }

  private static Column column(ColumnDraft draft) {
    return new Column(
        draft.name(),
        draft.type(),
        draft.scale(),
        draft.nullable(),
        draft.role(),
        draft.legalClass().orElseThrow(),
        draft.level().orElseThrow(),
        draft.description());
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= MAX_TEXT_CHARACTERS;
  }
}

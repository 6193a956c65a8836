package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.output.Output;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.json.JsonDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A result of {@code query run} as somebody saved it. JSON holds the whole answer, so its digest is
 * taken of it; a table or CSV shows rounded figures, so it is compared with what the answer of the
 * log looks like in that form. Immutable.
 *
 * @param text the file, lines ended by line feeds
 */
record SavedResult(ReceiptNote note, String text) {
  private static final String DIGEST = "answerSha256";

  /** Whether the answer in the file is the one in the log. */
  enum AnswerCheck {
    AGREES,
    DIFFERS,
    /** The file alone does not tell, and the service does not show us the answer. */
    UNCHECKED,
    /** A refusal: there is no answer on either side. */
    NONE
  }

  static Optional<SavedResult> in(String file) {
    String text = file.replace("\r\n", "\n");
    return ReceiptNote.in(text).map(note -> new SavedResult(note, text));
  }

  /**
   * @param leaf of the log
   * @param kept the query as the service keeps it; empty when it does not show it to us
   */
  AnswerCheck answer(JsonNode leaf, Supplier<Optional<JsonNode>> kept) {
    String logged = leaf.path("figures").path(DIGEST).asText();
    return json()
        .map(query -> ofJson(query, logged))
        .orElseGet(() ->
            kept.get()
                .map(query -> sameAs(query, logged) ? AnswerCheck.AGREES : AnswerCheck.DIFFERS)
                .orElse(AnswerCheck.UNCHECKED));
  }

  private static AnswerCheck ofJson(JsonNode query, String logged) {
    if (!query.has("answer")) {
      return logged.isEmpty() ? AnswerCheck.NONE : AnswerCheck.DIFFERS;
    }
    return digest(query).equals(logged) ? AnswerCheck.AGREES : AnswerCheck.DIFFERS;
  }

  private boolean sameAs(JsonNode query, String logged) {
    List<JsonNode> rows = AnswerRows.of(query.path("answer"));
    return digest(query).equals(logged)
        && (follows(rows, query, Output.Format.CSV) || follows(rows, query, Output.Format.TABLE));
  }

  /** The answer in that form, then nothing but the lines that we put below. */
  private boolean follows(List<JsonNode> rows, JsonNode query, Output.Format format) {
    String shown = shown(rows, format);
    if (!text.startsWith(shown)) {
      return false;
    }
    Set<String> ours =
        Arrays.stream(Language.values())
            .map(language -> AnswerRows.footer(query, language))
            .collect(Collectors.toSet());
    ours.addAll(note.lines());
    return text.substring(shown.length()).lines().allMatch(l -> l.isBlank() || ours.contains(l));
  }

  private static String shown(List<JsonNode> rows, Output.Format format) {
    var bytes = new ByteArrayOutputStream();
    new Output(format, new PrintStream(bytes, true, StandardCharsets.UTF_8)).items(rows);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String digest(JsonNode query) {
    try {
      return JsonDigest.of(query.path("answer"));
    } catch (IllegalArgumentException e) {
      return "none: we never write such an answer";
    }
  }

  private Optional<JsonNode> json() {
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readTree(text));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

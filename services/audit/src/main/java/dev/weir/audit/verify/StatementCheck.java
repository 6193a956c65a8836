package dev.weir.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.audit.meter.Reading;
import dev.weir.audit.meter.Statement;
import dev.weir.audit.meter.StatementFold;
import dev.weir.audit.verify.Finding.Rule;
import dev.weir.audit.verify.Verdict.Stated;
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Recomputes the statements of an export from its meter leaves, to the fen. A statement of another
 * size than the log's is a finding: a larger one could not be checked at all, and a smaller one
 * would leave out what came later. A statement is found by its contract, whose id is the file's
 * name.
 */
final class StatementCheck {
  private final Export export;
  private final ObjectMapper json = Json.mapper();

  StatementCheck(Export export) {
    this.export = export;
  }

  /**
   * @param size of the log exported
   * @return those that hold
   */
  List<Stated> run(List<Reading> readings, long size) {
    var holding = new ArrayList<Stated>();
    for (var file : export.statements()) {
      try {
        byte[] bytes = export.bytes(file).orElseThrow();
        var stated = Json.read(bytes, Statement.class);
        var fold = new StatementFold(stated.contractId(), stated.from(), stated.to());
        readings.forEach(fold::add);
        boolean named = file.equals("statements/" + stated.contractId() + ".json");
        if (named && isSpelledOut(bytes, stated) && fold.statement(size).equals(stated)) {
          holding.add(Stated.of(stated));
        } else {
          export.find(Rule.STATEMENT, file);
        }
      } catch (IOException | ProblemException | ArithmeticException e) {
        export.find(Rule.STATEMENT, file);
      }
    }
    return holding;
  }

  /** A time or an id can be written in several ways, and only one is the statement's. */
  private boolean isSpelledOut(byte[] bytes, Statement stated) throws IOException {
    JsonNode written = json.readTree(bytes);
    return json.<JsonNode>valueToTree(stated)
        .equals((one, other) -> isSame(one, other) ? 0 : 1, written);
  }

  /** A number of any width that reads the same is the same. */
  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.isIntegralNumber() && other.isIntegralNumber()
        ? one.asText().equals(other.asText())
        : one.equals(other);
  }

  /** Contracts with a reading that none of the statements covers, in order. */
  static List<String> unstated(List<Reading> readings, List<Stated> statements) {
    return readings.stream()
        .filter(reading -> statements.stream().noneMatch(stated -> stated.covers(reading)))
        .map(reading -> reading.contractId().toString())
        .distinct()
        .sorted()
        .toList();
  }
}

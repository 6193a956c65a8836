package dev.weir.audit.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.audit.meter.Reading;
import dev.weir.audit.verify.Finding.Rule;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses every leaf, and collects what budgets and bills are made of. */
final class LeafCheck {
  private static final Pattern ID =
      Pattern.compile("\"id\":\"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\"");

  private final Export export;
  private final BudgetCheck budgets;
  private final PriceCheck prices;
  private final ObjectMapper json = Json.mapper();
  private final Set<String> seen = new HashSet<>();
  private final List<Reading> readings = new ArrayList<>();

  LeafCheck(Export export, BudgetCheck budgets, PriceCheck prices) {
    this.export = export;
    this.budgets = budgets;
    this.prices = prices;
  }

  void add(long index, byte[] entry, String file) {
    try {
      var leaf = Json.read(entry, EvidenceRecord.class);
      if (leaf.v() != EvidenceRecord.VERSION) {
        throw new IOException("another version");
      }
      if (!seen.add(leaf.id().toString())) {
        export.find(Rule.DUPLICATE, index, leaf.id().toString(), file);
      }
      if (leaf.kind() == EvidenceKind.METER) {
        readings.add(Reading.of(index, leaf));
      }
      budgets.add(index, leaf, file);
      prices.add(index, leaf, file);
    } catch (IOException
        | ProblemException
        | NumberFormatException
        | ArithmeticException
        | NoSuchElementException e) {
      export.find(Rule.LEAF, index, idOf(entry), file);
    }
  }

  List<Reading> readings() {
    return readings;
  }

  /** The first thing in the bytes that looks like a leaf id; empty when there is none. */
  static String idOf(byte[] entry) {
    var matcher = ID.matcher(new String(entry, StandardCharsets.ISO_8859_1));
    return matcher.find() ? matcher.group(1) : "";
  }
}

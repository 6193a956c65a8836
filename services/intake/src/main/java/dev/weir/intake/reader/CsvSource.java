package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** A CSV file whose encoding has been validated. Immutable. */
final class CsvSource implements SourceFile {
  private final Path file;
  private final Reading reading;
  private final Charset charset;

  CsvSource(Path file, Reading reading) {
    this.file = file;
    this.reading = reading;
    this.charset = CsvEncoding.of(file, reading);
  }

  @Override
  public String encoding() {
    return charset.name();
  }

  @Override
  public String delimiter() {
    try (var text = open()) {
      return String.valueOf(text.delimiter());
    }
  }

  @Override
  public List<SourceColumn> infer() {
    try (var text = open()) {
      var inferences = new ArrayList<TypeInference>();
      text.names().forEach(name -> inferences.add(new TypeInference()));
      while (text.next()) {
        if (text.fault().isEmpty()) {
          for (int i = 0; i < inferences.size(); i++) {
            inferences.get(i).add(text.fields().get(i));
          }
        }
      }
      var columns = new ArrayList<SourceColumn>();
      for (int i = 0; i < inferences.size(); i++) {
        columns.add(inferences.get(i).column(text.headers().get(i), text.names().get(i)));
      }
      return columns;
    }
  }

  @Override
  public RowSource rows(List<ColumnSpec> wanted, boolean onlyListed, ZoneClock zone) {
    var text = open();
    var positions = new HashMap<String, Integer>();
    for (int i = 0; i < text.names().size(); i++) {
      positions.put(text.names().get(i).toLowerCase(Locale.ROOT), i);
    }
    if (!onlyListed && positions.size() > wanted.size()) {
      throw new ReadFaultException(ReadFault.EXTRA_COLUMN);
    }
    var columns = new ArrayList<SourceColumn>();
    var fieldOf = new int[wanted.size()];
    var parsers = new CellParser[wanted.size()];
    for (int i = 0; i < wanted.size(); i++) {
      ColumnSpec spec = wanted.get(i);
      Integer position = positions.get(spec.name().toLowerCase(Locale.ROOT));
      if (position == null) {
        throw new ReadFaultException(ReadFault.MISSING_COLUMN);
      }
      fieldOf[i] = position;
      parsers[i] = CellParser.of(spec, zone);
      columns.add(
          new SourceColumn(
              text.headers().get(position), spec.name(), spec.type(), spec.scale(), false));
    }
    return new CsvRows(text, columns, fieldOf, parsers);
  }

  private CsvText open() {
    return new CsvText(file, charset, reading);
  }

  @Override
  public void close() {}
}

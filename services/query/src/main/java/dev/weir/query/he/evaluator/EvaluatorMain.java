package dev.weir.query.he.evaluator;

import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.HeLibrary;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.evaluator.Exchange.Records;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The child: requests come in, results go out, one after the other, until its parent is gone:
 * {@code EvaluatorMain <bytes of native memory for cells>}. It prints nothing about a question.
 * What it did not expect ends it: Java turns some memory faults into exceptions, after which
 * nothing here is to be trusted.
 */
public final class EvaluatorMain {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Map<HeParameters, HeContext> contexts = new EnumMap<>(HeParameters.class);
  private final SecureRandom random = new SecureRandom();
  private final HeldTables tables;
  private final HeldRecords records;
  private final HeldKeys keys;
  private final DataInputStream in;
  private final DataOutputStream out;
  private long passes;

  private EvaluatorMain(long maxCellBytes, DataInputStream in, DataOutputStream out) {
    this.tables = new HeldTables(maxCellBytes / 4 * 3);
    this.records = new HeldRecords(maxCellBytes / 4);
    this.keys = new HeldKeys(Math.max(HeldKeys.LEAST_BYTES, maxCellBytes / 8));
    this.in = in;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    var own = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err); // whatever anybody prints must not look like an answer
    var in = new DataInputStream(new BufferedInputStream(System.in, BUFFER_BYTES));
    var out = new DataOutputStream(new BufferedOutputStream(own, BUFFER_BYTES));
    var evaluator = new EvaluatorMain(Long.parseLong(arguments[0]), in, out);
    evaluator.context(HeParameters.CELLS_4096); // loads the library before anybody waits for it
    out.writeByte(Exchange.READY);
    out.writeUTF(HeLibrary.loaded().description());
    out.flush();
    try {
      while (true) {
        evaluator.next();
      }
    } catch (EOFException e) {
      Runtime.getRuntime().halt(0); // the parent is gone: nobody wants the rest
    }
  }

  private void next() throws IOException {
    switch (in.readUnsignedByte()) {
      case Exchange.HOLD -> hold(Cells.read(in));
      case Exchange.SUMS -> sums(Cells.read(in));
      case Exchange.HOLD_RECORDS -> hold(Records.read(in));
      case Exchange.LOOKUP -> lookups(Records.read(in));
      case Exchange.HOLD_KEYS -> holdKeys();
      case Exchange.ONE_HOT -> oneHot(Cells.read(in));
      case Exchange.SHARE -> share(Cells.read(in));
      case Exchange.GATHER -> gather(Cells.read(in).layout());
      default -> throw new IOException("an unknown request");
    }
  }

  private void hold(Cells cells) throws IOException {
    var values = new long[cells.layout().measures()][];
    for (int measure = 0; measure < values.length; measure++) {
      values[measure] = Exchange.longs(in, cells.layout().keys());
    }
    try {
      tables.hold(context(cells.layout().parameters()), cells, values);
      answer(Exchange.DONE);
    } catch (HeException | IllegalStateException e) {
      answer(Exchange.REFUSED);
    }
  }

  private void sums(Cells cells) throws IOException {
    var context = context(cells.layout().parameters());
    var questions = new ArrayList<Words>();
    for (int left = in.readInt(); left > 0; left--) {
      questions.add(Exchange.words(in, cells.layout().terms() * context.seededWords()));
    }
    var table = tables.of(cells);
    if (table.isEmpty()) {
      answer(Exchange.MISSING);
    } else {
      found(() -> Evaluated.sums(context, table.get(), questions));
    }
  }

  private void oneHot(Cells cells) throws IOException {
    var asked = asked();
    var table = tables.of(cells);
    if (table.isEmpty()) {
      answer(Exchange.MISSING);
    } else if (asked.missing().isPresent()) {
      missing(asked.missing().get());
    } else {
      var context = context(cells.layout().parameters());
      found(() -> Evaluated.oneHot(context, table.get(), asked.questions()));
    }
  }

  private void hold(Records wanted) throws IOException {
    byte[] bytes = in.readNBytes(Math.multiplyExact(wanted.count(), LookupShape.RECORD_BYTES));
    try {
      records.hold(context(LookupShape.PARAMETERS), wanted, ByteBuffer.wrap(bytes));
      answer(Exchange.DONE);
    } catch (HeException | IllegalStateException e) {
      answer(Exchange.REFUSED);
    }
  }

  private void share(Cells cells) throws IOException {
    var context = context(cells.layout().parameters());
    int leaves = in.readInt();
    if (leaves == 0) {
      var weights = Exchange.words(in, cells.layout().terms() * context.seededWords());
      var table = tables.of(cells);
      if (table.isEmpty()) {
        answer(Exchange.MISSING);
      } else {
        found(() -> List.of(Evaluated.share(context, table.get(), weights)));
      }
      return;
    }
    int firstBlock = in.readInt();
    var asked = asked();
    var table = tables.of(cells);
    if (table.isEmpty()) {
      answer(Exchange.MISSING);
    } else if (asked.missing().isPresent()) {
      missing(asked.missing().get());
    } else {
      var question = asked.questions().getFirst();
      found(() -> List.of(Evaluated.share(context, table.get(), question, leaves, firstBlock)));
    }
  }

  private void gather(CellLayout layout) throws IOException {
    var shape = in.readBoolean() ? layout.oneHotReplyShape() : layout.replyShape();
    var shares = new ArrayList<Words>();
    for (int left = in.readInt(); left > 0; left--) {
      shares.add(Exchange.words(in, EvaluatorProcess.limbBytes(layout) / Long.BYTES));
    }
    found(() -> List.of(Evaluated.gathered(context(layout.parameters()), shape, shares)));
  }

  private void holdKeys() throws IOException {
    var set = HeParameters.named(in.readUTF()).orElseThrow(IOException::new);
    String sha256 = Exchange.digest(in);
    var elements = new ArrayList<Integer>();
    for (int left = in.readInt(); left > 0; left--) {
      elements.add(in.readInt());
    }
    var wire = new WireGaloisKeys(elements, Exchange.words(in, in.readInt()));
    try {
      keys.hold(sha256, wire.open(context(set)));
      answer(Exchange.DONE);
    } catch (HeException | IllegalStateException e) {
      answer(Exchange.REFUSED);
    }
  }

  /**
   * Questions whose queries are expanded, and the first digest of keys that are not here.
   *
   * @param questions those whose keys are
   */
  private record Asked(List<Evaluated.Expandable> questions, Optional<String> missing) {}

  private Asked asked() throws IOException {
    var questions = new ArrayList<Evaluated.Expandable>();
    Optional<String> missing = Optional.empty();
    for (int left = in.readInt(); left > 0; left--) {
      String sha256 = Exchange.digest(in);
      var queries = Exchange.words(in, in.readInt());
      var held = keys.of(sha256);
      held.ifPresent(own -> questions.add(new Evaluated.Expandable(queries, own)));
      missing = held.isPresent() ? missing : Optional.of(sha256);
    }
    return new Asked(questions, missing);
  }

  /** All questions in one pass; or, before anything is computed, what is not here. */
  private void lookups(Records wanted) throws IOException {
    var asked = asked();
    var table = records.of(wanted);
    if (table.isEmpty()) {
      answer(Exchange.MISSING);
    } else if (asked.missing().isPresent()) {
      missing(asked.missing().get());
    } else {
      var context = context(LookupShape.PARAMETERS);
      found(() -> Evaluated.lookups(context, table.get(), asked.questions()));
    }
  }

  private void missing(String keysSha256) throws IOException {
    out.writeByte(Exchange.KEYS_MISSING);
    Exchange.digest(out, keysSha256);
    out.flush();
  }

  private void found(Supplier<List<Evaluated>> work) throws IOException {
    try {
      var evaluated = work.get();
      passes++;
      out.writeByte(Exchange.DONE);
      out.writeLong(passes);
      for (var one : evaluated) {
        Exchange.digest(out, one.resultSha256());
        out.write(one.replyBytes());
      }
      out.flush();
    } catch (HeException | IllegalStateException e) {
      answer(Exchange.REFUSED);
    }
  }

  private HeContext context(HeParameters parameters) {
    return contexts.computeIfAbsent(parameters, set -> HeContext.open(set, random));
  }

  private void answer(int word) throws IOException {
    out.writeByte(word);
    out.flush();
  }
}

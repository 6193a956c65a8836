package dev.weir.audit.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@link LeafStore} that survives the crash of its user, as a database would. */
public final class InMemoryLeafStore implements LeafStore {
  private final List<Leaf> leaves = new ArrayList<>();
  private final Set<Object> ids = new HashSet<>();
  private final Map<Integer, Long> positions = new TreeMap<>();
  private final TreeMap<Long, Intent> intents = new TreeMap<>();
  private long epoch;

  @Override
  public long claimEpoch() {
    return ++epoch;
  }

  @Override
  public long sequence(long claimed, List<Leaf> arrived, Map<Integer, Long> next) {
    fence(claimed);
    arrived.stream().filter(leaf -> ids.add(leaf.id())).forEach(leaves::add);
    positions.putAll(next);
    return leaves.size();
  }

  @Override
  public Map<Integer, Long> positions() {
    return new TreeMap<>(positions);
  }

  @Override
  public void refuse(int partition, long offset, String reason) {}

  @Override
  public long sequenced() {
    return leaves.size();
  }

  @Override
  public List<LeafBytes> bodies(long from, int limit) {
    return leaves.stream().skip(from).limit(limit).map(Leaf::body).toList();
  }

  @Override
  public Optional<Intent> lastIntent() {
    return intents.isEmpty() ? Optional.empty() : Optional.of(intents.lastEntry().getValue());
  }

  @Override
  public void intend(long claimed, Intent intent) {
    fence(claimed);
    if (lastIntent().filter(last -> last.size() > intent.size()).isPresent()) {
      throw new RollbackException("a larger checkpoint was remembered before");
    }
    if (lastIntent().filter(last -> last.size() == intent.size()).isPresent()) {
      PostgresLeafStore.requireSame(lastIntent().get(), intent);
      return;
    }
    intents.put(intent.size(), intent);
  }

  @Override
  public void publish(long claimed, long size, Publication publication) {
    fence(claimed);
    try {
      publication.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var intent = intents.get(size);
    intents.put(size, new Intent(size, intent.root(), intent.twinRoot(), true));
  }

  /** Sets the database back, as a restored backup would. */
  public void forgetAfter(long size) {
    intents.tailMap(size, false).clear();
    while (leaves.size() > size) {
      ids.remove(leaves.removeLast().id());
    }
  }

  private void fence(long claimed) {
    if (claimed != epoch) {
      throw new FencedOffException(claimed);
    }
  }
}

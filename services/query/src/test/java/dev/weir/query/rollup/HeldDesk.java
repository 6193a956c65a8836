package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases every epoch as it was counted, without noise, and remembers what it was handed. */
final class HeldDesk implements EpochDesk {
  final List<ContractId> contracts = new ArrayList<>();
  final List<CountedCells> handed = new ArrayList<>();
  final List<Long> spoilt = new ArrayList<>();
  private final Map<String, Epoch> epochs = new HashMap<>();
  private final Map<Epoch, PublishedCells> cells = new HashMap<>();

  @Override
  public List<ContractId> contracts(RollupSpec spec) {
    return List.copyOf(contracts);
  }

  @Override
  public Optional<Epoch> find(ContractId contract, RollupSpec spec, long dataVersion) {
    return Optional.ofNullable(epochs.get(contract + "/" + dataVersion));
  }

  @Override
  public void close(ContractId contract, RollupSpec spec, CountedCells counted) {
    handed.add(counted);
    var made = new PublishedCells(spec.cells(), spec.width());
    for (int cell = 0; cell < spec.cells(); cell++) {
      made.show(cell, counted.count(cell), counted.sum(cell, 0));
    }
    var epoch = epoch(contract, spec, counted.dataVersion(), made.root(), Optional.empty());
    epochs.put(contract + "/" + counted.dataVersion(), epoch);
    cells.put(epoch, made);
  }

  @Override
  public void spoil(ContractId contract, RollupSpec spec, long dataVersion) {
    spoilt.add(dataVersion);
    epochs.put(
        contract + "/" + dataVersion,
        epoch(contract, spec, dataVersion, "", Optional.of(EpochCloser.SPOILT)));
  }

  @Override
  public List<PublishedCells.Tile> changes(Epoch epoch) {
    return Optional.ofNullable(cells.get(epoch)).orElseThrow().allTiles();
  }

  private static Epoch epoch(
      ContractId contract,
      RollupSpec spec,
      long dataVersion,
      String root,
      Optional<String> refusal) {
    return new Epoch(
        contract,
        ProductId.random(),
        spec.id(),
        dataVersion,
        spec.kind(),
        spec.cells(),
        spec.width(),
        2,
        0,
        root,
        refusal,
        LeafId.random(),
        Instant.EPOCH);
  }
}

package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.QueryId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.DpPlan;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Charge;
import dev.weir.runtime.ledger.SpendRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the ledger is asked for an epoch: the same for the same epoch, whoever closes it. */
record EpochCharge(ContractId contract, ProductTerms product, RollupSpec spec, long dataVersion) {

  /**
   * @param root digest of the cells; what is stored as the answer names it
   */
  SpendRequest of(EpochDecision.Decided.Allowed allowed, PublishedCells made, String root) {
    return new SpendRequest(
        requestId(),
        contract,
        allowed.party(),
        EpochDecision.ACTOR,
        sha256("rollup " + spec.id() + " " + allowed.plan().canonicalSha256()),
        SpendRequest.sorted(Map.of(product.lineageId(), dataVersion)),
        charges(allowed.plan()),
        allowed.limits(),
        manifest(made, root),
        List.of(),
        allowed.permit().bundleVersion(),
        List.of(product.id()));
  }

  private QueryId requestId() {
    String name = "weir-epoch/" + contract + "/" + spec.id() + "/" + dataVersion;
    return new QueryId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  private String manifest(PublishedCells made, String root) {
    return new String(
        Json.canonical(
            Map.of(
                "rollup", spec.id(),
                "dataVersion", dataVersion,
                "cells", made.cells(),
                "width", made.width(),
                "root", root)),
        StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    return Json.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Charge> charges(CheckedPlan plan) {
    return plan instanceof DpPlan dp
        ? dp.costs().stream()
            .map(cost -> new Charge(cost.lineage(), cost.nanoRho(), cost.picoDelta()))
            .toList()
        : List.of();
  }
}

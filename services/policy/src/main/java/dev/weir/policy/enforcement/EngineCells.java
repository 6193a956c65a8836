package dev.weir.policy.enforcement;

import static dev.weir.policy.term.Operator.EQ;
import static dev.weir.policy.term.Operator.GT;
import static dev.weir.policy.term.Operator.GTEQ;
import static dev.weir.policy.term.Operator.HAS_PART;
import static dev.weir.policy.term.Operator.IS_ALL_OF;
import static dev.weir.policy.term.Operator.IS_ANY_OF;
import static dev.weir.policy.term.Operator.IS_NONE_OF;
import static dev.weir.policy.term.Operator.IS_PART_OF;
import static dev.weir.policy.term.Operator.LT;
import static dev.weir.policy.term.Operator.LTEQ;
import static dev.weir.policy.term.Operator.NEQ;

import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cells the code enforces, each with one allowing and one denying test. */
final class EngineCells {
  private static final List<Operator> ORDER = List.of(GT, GTEQ, LT, LTEQ);
  private static final List<Operator> MEMBERSHIP = List.of(EQ, NEQ, IS_ANY_OF, IS_NONE_OF);
  private static final List<Operator> CONTAINMENT =
      List.of(EQ, NEQ, IS_ANY_OF, IS_NONE_OF, IS_PART_OF);
  private static final List<Operator> SETS = List.of(HAS_PART, IS_ALL_OF, IS_NONE_OF, IS_PART_OF);

  /** Actions that pass an enforcement point of ours, so that every one of them is asked about. */
  private static final List<Action> ACTIONS = List.of(Action.COMPUTE, Action.READ);

  private static final List<Action> DUTIES =
      List.of(Action.LOG_RECORD_SEND, Action.ALERT, Action.DELETE);

  private static final String UNSEEN =
      "happens outside the platform, where no enforcement point sees it";
  private static final String OF_DATA =
      "depends on the protected data; a refusal that depends on them is itself a release";

  private EngineCells() {}

  static EnforcementTable table() {
    var actions = new TreeMap<String, SortedMap<String, List<String>>>();
    ACTIONS.forEach(action -> actions.put(action.standardName(), constraints()));
    return new EnforcementTable(
        actions,
        DUTIES.stream().map(Action::standardName).toList(),
        List.of("purpose"),
        refusedActions(),
        refusedConstraints());
  }

  private static Map<ConstraintName, List<Operator>> operators() {
    var map = new EnumMap<ConstraintName, List<Operator>>(ConstraintName.class);
    map.put(ConstraintName.TIME, ORDER);
    map.put(ConstraintName.TIME_WINDOW, CONTAINMENT);
    map.put(ConstraintName.REGION, CONTAINMENT);
    map.put(ConstraintName.NETWORK_ADDRESS, CONTAINMENT);
    map.put(ConstraintName.COUNT, ORDER);
    map.put(ConstraintName.FREQUENCY, ORDER);
    map.put(ConstraintName.DATA_FIELD, CONTAINMENT);
    map.put(ConstraintName.APPLICATION, MEMBERSHIP);
    map.put(ConstraintName.ALGORITHM, SETS);
    map.put(ConstraintName.EXECUTION_ENV, MEMBERSHIP);
    map.put(ConstraintName.ENCRYPT_MODE, MEMBERSHIP);
    map.put(ConstraintName.DELIVERY_METHOD, MEMBERSHIP);
    map.put(ConstraintName.PAY_AMOUNT, ORDER);
    map.put(ConstraintName.EXPANSION_ITEM, MEMBERSHIP);
    return map;
  }

  private static SortedMap<String, List<String>> constraints() {
    var names = new TreeMap<String, List<String>>();
    operators()
        .forEach((name, operators) ->
            names.put(
                name.standardName(), operators.stream().map(Operator::standardName).toList()));
    return names;
  }

  private static SortedMap<String, String> refusedActions() {
    var refused = new TreeMap<String, String>();
    for (Action action : Action.values()) {
      if (!ACTIONS.contains(action)) {
        refused.put(
            action.standardName(), DUTIES.contains(action) ? "stands in duties only" : UNSEEN);
      }
    }
    return refused;
  }

  private static SortedMap<String, String> refusedConstraints() {
    var refused = new TreeMap<String, String>();
    refused.put("physicalAddress", "no trusted sensor reports a physical address");
    refused.put("dataSize", OF_DATA);
    refused.put("dateRecord", OF_DATA);
    refused.put("valueExpression", OF_DATA);
    refused.put("machineLearningModels", "no models run in the domain yet");
    return refused;
  }
}

package dev.weir.policy.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import dev.weir.policy.decision.EngineRule;
import dev.weir.policy.usage.LoadRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Clause, rule, control and test form closed loops: nothing dangles on either side. */
class ControlCatalogueTest {
  private static final Path ROOT = Path.of(System.getProperty("weir.root", "../.."));
  private static final Pattern CONTROL =
      Pattern.compile("@Control\\(\\s*(\\{[^}]*\\}|\"[^\"]*\")\\s*\\)");
  private static final Set<String> KEYS =
      Set.of("id", "statement", "clauses", "rules", "tests", "residualRisk");

  private final Map<String, Map<String, Object>> controls = controls();
  private final Set<String> clauses = clauses();

  @Test
  void everyControl_isCompleteAndHasATestThatExists() {
    controls.forEach((id, control) -> {
      assertThat(control.keySet()).as(id).isEqualTo(KEYS);
      assertThat(list(control, "tests")).as(id).isNotEmpty();
      for (String test : list(control, "tests")) {
        assertThat(exists(test)).as("%s names %s", id, test).isTrue();
      }
    });
  }

  @Test
  void everyRuleOfTheEngine_isAskedForByAControl_andNoControlInventsRules() {
    var engine = new TreeSet<String>();
    Arrays.stream(EngineRule.values()).map(EngineRule::id).forEach(engine::add);
    Arrays.stream(LoadRule.values()).map(LoadRule::id).forEach(engine::add);
    var known = new HashSet<>(engine);
    Arrays.stream(ProblemType.values()).map(ProblemType::slug).forEach(known::add);
    known.addAll(rulesOfOtherModules());
    var asked = all("rules");
    assertThat(known).containsAll(asked);
    assertThat(asked).containsAll(engine);
  }

  @Test
  void everyClause_hasAControl_andEveryControlCitesListedClauses() {
    assertThat(new TreeSet<>(all("clauses"))).isEqualTo(new TreeSet<>(clauses));
    controls.forEach((id, control) -> assertThat(list(control, "clauses")).as(id).isNotEmpty());
  }

  @Test
  void everyControlNamedByATest_exists() throws IOException {
    var unknown = new ArrayList<String>();
    for (Path test : testSources()) {
      Matcher matcher = CONTROL.matcher(Files.readString(test));
      while (matcher.find()) {
        for (String id : matcher.group(1).replaceAll("[{}\"\\s]", "").split(",")) {
          if (!controls.containsKey(id)) {
            unknown.add(id + " in " + test.getFileName());
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<Path> testSources() throws IOException {
    var sources = new ArrayList<Path>();
    for (String folder : List.of("services", "tests")) {
      try (Stream<Path> modules = Files.list(ROOT.resolve(folder))) {
        for (Path module : modules.filter(m -> Files.isDirectory(m.resolve("src/test"))).toList()) {
          try (Stream<Path> files = Files.walk(module.resolve("src/test"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  /** {@code module/Class}, the module under services or tests. */
  private static boolean exists(String test) {
    String[] parts = test.split("/");
    try {
      return testSources().stream()
          .anyMatch(file ->
              file.getFileName().toString().equals(parts[1] + ".java")
                  && ROOT.relativize(file).getName(1).toString().equals(parts[0]));
    } catch (IOException e) {
      return false;
    }
  }

  /** Rule ids that other modules decide by: {@code compliance/rules.yaml}. */
  private static List<String> rulesOfOtherModules() {
    Map<String, List<String>> modules = yaml(ROOT.resolve("compliance/rules.yaml"));
    return modules.values().stream().flatMap(List::stream).toList();
  }

  private static Map<String, Map<String, Object>> controls() {
    var controls = new TreeMap<String, Map<String, Object>>();
    try (Stream<Path> files = Files.list(ROOT.resolve("compliance/controls"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        List<Map<String, Object>> entries = yaml(file);
        for (Map<String, Object> entry : entries) {
          String id = String.valueOf(entry.get("id"));
          assertThat(controls.put(id, entry)).as("%s is there once", id).isNull();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("compliance/controls cannot be read", e);
    }
    return controls;
  }

  private static Set<String> clauses() {
    var ids = new TreeSet<String>();
    List<Map<String, Object>> sources = yaml(ROOT.resolve("compliance/sources.yaml"));
    for (Map<String, Object> source : sources) {
      for (Object clause : (List<?>) source.get("clauses")) {
        ids.add(String.valueOf(((Map<?, ?>) clause).get("id")));
      }
    }
    return ids;
  }

  private List<String> all(String key) {
    return controls.values().stream().flatMap(control -> list(control, key).stream()).toList();
  }

  private static List<String> list(Map<String, Object> control, String key) {
    return control.get(key) instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }

  @SuppressWarnings("unchecked") // the assertions above check what was read
  private static <T> T yaml(Path file) {
    try {
      return (T) new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException(file.getFileName() + " cannot be read", e);
    }
  }
}

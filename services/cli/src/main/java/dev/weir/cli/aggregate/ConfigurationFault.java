package dev.weir.cli.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mistake in a configuration file, told by its key and line and never by the value, which may be
 * a secret that stands in the wrong place.
 */
final class ConfigurationFault {
  private static final Pattern LACKING = Pattern.compile("creator property '([^']+)'");

  private static final String SEE_ZH = "，各项见 deploy/collector.example.yaml）";
  private static final String SEE_EN = "; deploy/collector.example.yaml shows every key)";

  private ConfigurationFault() {}

  static CommandFault of(Path file, JsonProcessingException mistake) {
    if (mistake.getCause() instanceof CommandFault ours) {
      return fault(ours.text().zh(), ours.text().en(), file, mistake);
    }
    return switch (mistake) {
      case UnrecognizedPropertyException unknown ->
          fault("没有这一项：" + key(unknown), "there is no key " + key(unknown), file, mistake);
      case JsonMappingException mapping -> mapping(mapping, file);
      default -> fault("不是 YAML", "this is no YAML", file, mistake);
    };
  }

  private static CommandFault mapping(JsonMappingException mistake, Path file) {
    var lacking = lacking(mistake);
    if (lacking.isPresent()) {
      return lacking(lacking.get(), file);
    }
    String key = key(mistake);
    return key.isEmpty()
        ? fault("不是收集方的配置", "this is no configuration of a collector", file, mistake)
        : fault(
            "取值不合要求：" + key, "the value of " + key + " is none that it can have", file, mistake);
  }

  /** Where it should stand no line can tell; a key that is misspelt stands somewhere else. */
  private static CommandFault lacking(String key, Path file) {
    return new CommandFault(
        ExitCode.USAGE,
        "缺少 " + key + "，或其名称有误（" + file + SEE_ZH,
        "a value is missing, or its key is misspelt: " + key + " (" + file + SEE_EN);
  }

  /** Jackson names it in its message only. */
  private static Optional<String> lacking(JsonMappingException mistake) {
    var named = LACKING.matcher(mistake.getOriginalMessage());
    if (!named.find()) {
      return Optional.empty();
    }
    String above = key(mistake);
    String name = named.group(1);
    return Optional.of(
        above.isEmpty() || above.equals(name) || above.endsWith("." + name)
            ? above.isEmpty() ? name : above
            : above + "." + name);
  }

  /** Such as {@code tasks[0].units}. */
  private static String key(JsonMappingException mistake) {
    return mistake.getPath().stream()
        .map(step ->
            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static CommandFault fault(
      String zh, String en, Path file, JsonProcessingException mistake) {
    var at = mistake.getLocation();
    String place = at == null || at.getLineNr() < 1 ? "" : ":" + at.getLineNr();
    return new CommandFault(
        ExitCode.USAGE, zh + "（" + file + place + SEE_ZH, en + " (" + file + place + SEE_EN);
  }
}

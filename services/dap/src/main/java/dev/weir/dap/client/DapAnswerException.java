package dev.weir.dap.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An aggregator said no, or nothing. */
public final class DapAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern TYPE = field("type");
  private static final Pattern DETAIL = field("detail");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
  private static final int MAX_BODY = 65_536;
  private static final String STATUS = "status ";

  private static final Duration SOON = Duration.ofSeconds(2);

  private final String type;
  private final int status;
  private final Duration retryAfter;

  /**
   * @param type of the problem (RFC 9457), or the id of an {@link AnswerFault}; empty when neither
   *     is known
   * @param status of HTTP; 0 when there was no answer
   */
  public DapAnswerException(String type, String detail, int status) {
    this(type, detail, status, SOON);
  }

  DapAnswerException(AnswerFault fault, String detail, int status) {
    this(fault.id(), detail, status, SOON);
  }

  private DapAnswerException(String type, String detail, int status, Duration retryAfter) {
    super(detail);
    this.type = type;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /**
   * @param retryAfter the header of that name, if any
   */
  static DapAnswerException of(int status, byte[] body, Optional<String> retryAfter) {
    String text = new String(body, 0, Math.min(body.length, MAX_BODY), StandardCharsets.UTF_8);
    var wait =
        retryAfter
            .filter(seconds -> SECONDS.matcher(seconds).matches())
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(SOON);
    return new DapAnswerException(find(TYPE, text), find(DETAIL, text), status, wait);
  }

  /** When to come back; two seconds where it did not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  public String type() {
    return type;
  }

  /** What it is known by: its type, or {@code status 502} for an error that says nothing more. */
  public String id() {
    return type.isEmpty() ? STATUS + status : type;
  }

  public int status() {
    return status;
  }

  /** True when the same request may succeed later. */
  public boolean isPassing() {
    return status == 0 || status == 429 || status >= 500;
  }

  /** Without control characters, which a terminal obeys, and those that turn a line around. */
  private static Pattern field(String name) {
    return Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"\\\\\\p{Cc}\\p{Cf}]{0,300})\"");
  }

  private static String find(Pattern field, String text) {
    Matcher found = field.matcher(text);
    return found.find() ? found.group(1) : "";
  }
}

package dev.weir.intake.recognise;

import static dev.weir.kernel.data.ColumnRole.DIRECT_IDENTIFIER;
import static dev.weir.kernel.data.ColumnRole.ORDINARY;
import static dev.weir.kernel.data.ColumnRole.PERSON_KEY;
import static dev.weir.kernel.data.ColumnRole.QUASI_IDENTIFIER;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.data.ColumnType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The recognisers in order of precedence. Levels follow GB/T 43697-2024's "take the highest":
 * identity and card numbers 4, other personal data 3. Identity numbers are flagged although GB/T
 * 45574-2025 no longer lists them by themselves; a reviewer may downgrade with a reason.
 */
public final class Recognisers {
  private static final double MOST = 0.9;

  private static final List<Recogniser> IN_ORDER =
      List.of(
          byValue(
              "id-number",
              "身份证|证件号|idcard|id_?(number|no)",
              Values::isIdNumber,
              DIRECT_IDENTIFIER,
              4),
          byValue("credit-code", "信用代码|credit_?code|uscc", CreditCode::isValid, ORDINARY, 1),
          byValue("bank-card", "银行卡|卡号|card|account", Values::isBankCard, DIRECT_IDENTIFIER, 4),
          byValue("phone", "电话|手机|phone|mobile|tel", Values::isPhone, DIRECT_IDENTIFIER, 3),
          byValue("e-mail", "邮箱|e_?-?mail", Values::isEmail, DIRECT_IDENTIFIER, 3),
          byValue("plate", "车牌|plate", Values::isPlate, DIRECT_IDENTIFIER, 3),
          byName(
              "person-key",
              "人员编号|个人编号|患者编号|居民编号|person_?(id|key|no)|patient_?(id|nbr)|subject_?(id|key)|user_?id",
              value -> !value.isBlank(),
              1.0,
              PERSON_KEY,
              3),
          byName("birth-date", "出生|生日|birth|dob", Values::isBirthDate, MOST, QUASI_IDENTIFIER, 3),
          byName(
              "coordinate",
              "经度|纬度|坐标|longitude|latitude|^lat$|^lon$|^lng$|_lat$|_lon$|_lng$",
              Values::isCoordinate,
              MOST,
              QUASI_IDENTIFIER,
              3),
          byName("address", "地址|住址|address|street", Values::isAddress, 0.6, QUASI_IDENTIFIER, 3),
          byName("name-zh", "姓名|名字|name|联系人", Values::isChineseName, 0.8, DIRECT_IDENTIFIER, 3),
          byName(
              "name-en",
              "^name$|full_?name|person_?name|first_?name|last_?name|surname|姓名",
              Values::isWesternName,
              MOST,
              DIRECT_IDENTIFIER,
              3));

  private Recognisers() {}

  /** The first recogniser that speaks decides the proposal. */
  public static Proposal propose(ColumnSample sample, ColumnType type) {
    for (Recogniser recogniser : IN_ORDER) {
      long matched = recogniser.matches(sample);
      if (recogniser.speaks(sample, matched) && suits(recogniser, type)) {
        return Proposal.of(recogniser, sample.values().size(), matched);
      }
    }
    return Proposal.none(sample.values().size());
  }

  /** A decimal or a time is never a number that names something. */
  private static boolean suits(Recogniser recogniser, ColumnType type) {
    return switch (type) {
      case STRING, INTEGER -> true;
      case DATE, TIMESTAMP -> recogniser.id().equals("birth-date");
      case DECIMAL, DOUBLE -> recogniser.id().equals("coordinate");
      case BOOLEAN -> false;
    };
  }

  private static Recogniser byValue(
      String id,
      String name,
      java.util.function.Predicate<String> value,
      dev.weir.kernel.data.ColumnRole role,
      int level) {
    return new Recogniser(id, Pattern.compile(name), value, MOST, false, role, level);
  }

  private static Recogniser byName(
      String id,
      String name,
      java.util.function.Predicate<String> value,
      double minShare,
      dev.weir.kernel.data.ColumnRole role,
      int level) {
    return new Recogniser(id, Pattern.compile(name), value, minShare, true, role, level);
  }
}

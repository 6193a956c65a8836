package dev.weir.intake.recognise;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Tests of single values; total, linear in the length. Pure. */
final class Values {
  private static final String ID_CHECK = "10X98765432";
  private static final int ID_LENGTH = 18;
  private static final String PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
  private static final String ADDRESS_MARKS = "省市区县镇乡村路街道巷弄号栋楼室";

  private Values() {}

  /** GB 11643: 6 digits of area, 8 of birth date, 3 of sequence, ISO 7064 MOD 11-2. */
  static boolean isIdNumber(String value) {
    if (value.length() != ID_LENGTH || !allDigits(value, 0, ID_LENGTH - 1)) {
      return false;
    }
    int sum = 0;
    int weight = 2;
    for (int i = ID_LENGTH - 2; i >= 0; i--) {
      sum += (value.charAt(i) - '0') * weight;
      weight = weight * 2 % 11;
    }
    char check = Character.toUpperCase(value.charAt(ID_LENGTH - 1));
    return ID_CHECK.charAt(sum % 11) == check && isDate(value.substring(6, 14));
  }

  /** Luhn over 15 to 19 digits. */
  static boolean isBankCard(String value) {
    if (value.length() < 15 || value.length() > 19 || !allDigits(value, 0, value.length())) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(value.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0 && value.charAt(0) != '0';
  }

  /**
   * A mobile number of mainland China, with or without country code and separators; also the prefix
   * 100, which no network uses and synthetic data do.
   */
  static boolean isPhone(String value) {
    String digits = value.replace("-", "").replace(" ", "");
    String local = digits.startsWith("+86") ? digits.substring(3) : digits;
    return local.length() == 11
        && allDigits(local, 0, 11)
        && local.charAt(0) == '1'
        && (local.charAt(1) >= '3' || local.startsWith("100"));
  }

  static boolean isEmail(String value) {
    int at = value.indexOf('@');
    int dot = value.lastIndexOf('.');
    return at > 0
        && at == value.lastIndexOf('@')
        && dot > at + 1
        && dot < value.length() - 2
        && value.chars().noneMatch(Character::isWhitespace);
  }

  /** Seven characters, eight for new-energy vehicles. */
  static boolean isPlate(String value) {
    String plate = value.replace("·", "").replace(" ", "");
    return (plate.length() == 7 || plate.length() == 8)
        && PLATE_PROVINCES.indexOf(plate.charAt(0)) >= 0
        && plate.charAt(1) >= 'A'
        && plate.charAt(1) <= 'Z'
        && plate.substring(2).chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
  }

  static boolean isBirthDate(String value) {
    String digits = value.length() >= 10 ? value.substring(0, 10).replaceAll("[-/]", "") : value;
    return digits.length() == 8 && allDigits(digits, 0, 8) && isDate(digits);
  }

  static boolean isCoordinate(String value) {
    try {
      return Math.abs(Double.parseDouble(value)) <= 180;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Two marks of a Chinese address, or a number followed by words. */
  static boolean isAddress(String value) {
    long marks = value.chars().filter(c -> ADDRESS_MARKS.indexOf(c) >= 0).count();
    boolean western =
        value.length() > 5 && Character.isDigit(value.charAt(0)) && value.indexOf(' ') > 0;
    return marks >= 2 || western;
  }

  /** A known surname and one or two more Han characters, or three after a double surname. */
  static boolean isChineseName(String value) {
    int length = value.length();
    return length >= 2
        && length <= 4
        && value.chars().allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
        && Surnames.startsWithOne(value);
  }

  /** One to four capitalised words of letters. */
  static boolean isWesternName(String value) {
    String[] words = value.strip().split("[ .'-]+", -1);
    if (words.length > 4 || value.length() > 60) {
      return false;
    }
    for (String word : words) {
      boolean capitalised =
          !word.isEmpty()
              && Character.isUpperCase(word.charAt(0))
              && word.chars().allMatch(Character::isLetter)
              && Character.UnicodeScript.of(word.charAt(0)) == Character.UnicodeScript.LATIN;
      if (!capitalised) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDate(String digits) {
    try {
      int year = Integer.parseInt(digits.substring(0, 4));
      LocalDate.of(
          year, Integer.parseInt(digits.substring(4, 6)), Integer.parseInt(digits.substring(6, 8)));
      return year >= 1880 && year <= 2100;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean allDigits(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}

package dev.weir.intake.recognise;

import java.util.Set;

/** The most common Chinese surnames; together they cover about nine in ten people. */
public final class Surnames {
  /** One character each. */
  public static final String SINGLE =
      "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
          + "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
          + "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許沈彭呂蘇盧蔣賈葉閻餘鐘範譚鄒陸邱顧龍萬錢湯喬賀賴龔";

  private static final Set<String> DOUBLE = Set.of("欧阳", "司马", "上官", "诸葛", "歐陽", "司馬", "諸葛");

  private Surnames() {}

  static boolean startsWithOne(String name) {
    boolean single = SINGLE.indexOf(name.charAt(0)) >= 0 && name.length() <= 3;
    return single || (name.length() >= 3 && DOUBLE.contains(name.substring(0, 2)));
  }
}

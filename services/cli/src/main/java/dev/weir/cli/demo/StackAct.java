package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.stack.OneOperator;
import dev.weir.cli.stack.StackControl;
import dev.weir.cli.stack.StackOptions;
import dev.weir.kernel.Bilingual;
import java.util.Map;

/** Starts everything with a state of the demo's own. */
final class StackAct implements Act {
  @Override
  public String name() {
    return "stack";
  }

  @Override
  public Bilingual title() {
    return say("在本机启动全部部件", "Everything starts on this machine");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var story = stage.story();
    var control = new StackControl(stage.state());
    if (control.report().isPresent()) {
      story
          .narrator()
          .note(
              say(
                  "上次演示保留的系统将被停止并清空。",
                  "The stack that an earlier demo left up is stopped and emptied."));
    }
    story.step(
        "fresh",
        say("清空演示自己的状态", "the demo's own state is made anew"),
        () -> {
          control.forget();
          return true;
        });
    var report =
        story.step(
            "up",
            say(
                "Kafka、PostgreSQL、Keycloak 与六个服务",
                "Kafka, PostgreSQL, Keycloak and the six services"),
            () ->
                control.up(
                    StackOptions.allInOne(),
                    step ->
                        story.narrator().progress(say("启动 " + step, "starting: " + step), 0, 0)));
    story.check(
        "ready",
        say("全部部件就绪", "all parts are ready"),
        report.addresses().size() >= 4,
        Map.of("seconds", Math.round(report.seconds() * 10) / 10.0));
    story
        .narrator()
        .note(
            say(
                "各方在同一台机器、由同一管理员运行：演示的是规程，不是组织上的独立。",
                "All parties run on one machine under one administrator: this shows the protocol, not"
                    + " organisational independence."));
    story.narrator().note(OneOperator.NOTE);
  }
}

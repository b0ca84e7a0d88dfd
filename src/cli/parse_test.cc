// SPDX-License-Identifier: Apache-2.0
#include "cli/parse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>

#include "cli/help.h"

namespace backcast {
namespace {

std::string Fault(const std::vector<std::string>& arguments) {
  const auto words = ParseWords(arguments);
  return words.ok() ? "" : ToSentence(words.error());
}

TEST(ParseWords, TakesOptionsAnywhere) {
  std::vector<std::vector<std::string>> parts = {
      {"score"}, {"--json"}, {"--period", "2026-03"}, {"-w", "shop"}};
  std::sort(parts.begin(), parts.end());
  do {
    std::vector<std::string> arguments;
    for (const auto& part : parts) arguments.insert(arguments.end(), part.begin(), part.end());
    const auto words = ParseWords(arguments);
    ASSERT_TRUE(words.ok()) << ToSentence(words.error());
    EXPECT_EQ(words.value().command->name, "score");
    EXPECT_EQ(words.value().Get("--period"), "2026-03");
    EXPECT_EQ(words.value().Get("--workspace"), "shop");
    EXPECT_TRUE(words.value().Has("--json"));
  } while (std::next_permutation(parts.begin(), parts.end()));
}

TEST(ParseWords, SuggestsAndNeverGuesses) {
  EXPECT_EQ(Fault({"scroe"}), "there is no command 'scroe'; did you mean 'score'?");
  EXPECT_EQ(Fault({"score", "--perod", "x"}),
            "there is no option --perod for score; did you mean '--period'?");
  EXPECT_EQ(Fault({"sources", "lst"}), "sources has no 'lst'; did you mean 'list'?");
  EXPECT_EQ(Fault({"sources"}), "sources needs one of: list, show, detect; one of: list, show, detect");
  EXPECT_EQ(Fault({"score", "--seed", "3"}).substr(0, 38), "there is no option --seed for score; b");
  EXPECT_EQ(Fault({"score", "extra"}),
            "score does not take 'extra'; for example: backcast score --period 2026-03 --by platform");
  EXPECT_EQ(Fault({"demo"}), "demo needs DIR; for example: backcast demo my-demo");
  EXPECT_EQ(Fault({"score", "--period"}), "--period needs a value (PERIOD)");
  EXPECT_EQ(Fault({"score", "--json=yes"}), "--json takes no value");
}

TEST(ParseWords, SplitsLists) {
  const auto words = ParseWords({"score", "--by", "platform,month", "--by=theme", "--", "-x"});
  EXPECT_FALSE(words.ok()) << "score takes no argument, not even one that looks like an option";
  const auto plain = ParseWords({"score", "--by", "platform,month", "--by=theme"});
  EXPECT_EQ(plain.value().List("--by"), (std::vector<std::string>{"platform", "month", "theme"}));
  EXPECT_FALSE(ParseWords({"score", "--threads", "two"}).value().Number("--threads", 1).ok());
}

TEST(Help, NamesEveryCommandAndOption) {
  const std::string all = HelpForAll();
  for (const CommandSpec& command : Commands()) {
    EXPECT_NE(all.find(std::string(command.name)), std::string::npos);
    const std::string help = HelpFor(command);
    for (const OptionSpec& option : command.options)
      EXPECT_NE(help.find(std::string(option.name)), std::string::npos);
    const auto example = std::string(command.example);
    EXPECT_TRUE(
        example.starts_with("backcast " + std::string(command.name.substr(0, command.name.find(' ')))))
        << example;
  }
}

TEST(Completion, KnowsThreeShells) {
  for (const char* shell : {"bash", "zsh", "fish"})
    EXPECT_NE(CompletionFor(shell).value().find("ingest"), std::string::npos);
  EXPECT_FALSE(CompletionFor("tcsh").ok());
}

TEST(Commands, AnOptionOfOneNameTakesAValueEverywhereOrNowhere) {
  // Options may stand before their command, so whether a word behind one is its value cannot depend on the
  // command.
  std::map<std::string_view, std::pair<std::string_view, bool>> takes;
  const auto look = [&](std::string_view command, std::span<const OptionSpec> options) {
    for (const OptionSpec& option : options) {
      const auto [known, is_new] = takes.try_emplace(option.name, command, !option.value.empty());
      EXPECT_EQ(known->second.second, !option.value.empty())
          << option.name << " of " << command << " and of " << known->second.first;
    }
  };
  look("every command", SharedOptions());
  for (const CommandSpec& command : Commands()) look(command.name, command.options);
}

}  // namespace
}  // namespace backcast

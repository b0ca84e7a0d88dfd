// SPDX-License-Identifier: Apache-2.0
#include "guide/yaml_writer.h"

#include <gtest/gtest.h>

#include <random>

namespace backcast {
namespace {

/// Texts that people paste and that YAML would rather read as something else.
const std::vector<std::string>& HostileTexts() {
  static const std::vector<std::string> texts = {"",
                                                 " ",
                                                 "-",
                                                 "- a",
                                                 "--- a",
                                                 "? why",
                                                 ": x",
                                                 "a: b",
                                                 "a:",
                                                 "a #b",
                                                 "# a",
                                                 "'",
                                                 "\"",
                                                 "it's",
                                                 "say \"x\"",
                                                 "[a",
                                                 "{a",
                                                 "a, b",
                                                 "a]",
                                                 "&a",
                                                 "*a",
                                                 "!a",
                                                 "|",
                                                 ">",
                                                 "%a",
                                                 "@a",
                                                 "`a",
                                                 "null",
                                                 "~",
                                                 "True",
                                                 "no",
                                                 "12",
                                                 "1e5",
                                                 "0x1F",
                                                 "1_000",
                                                 "12:30",
                                                 ".5",
                                                 "<<",
                                                 "=",
                                                 "two\nlines",
                                                 "two\r\nlines\n",
                                                 "\ttab",
                                                 "end ",
                                                 " start",
                                                 std::string("nul\0in", 6),
                                                 "\x01\x1b[31m",
                                                 "\x7f",
                                                 "ümläut",
                                                 "日本語",
                                                 "😀",
                                                 "\u0085next",
                                                 "\u2028line",
                                                 "\uFEFFbom",
                                                 "\\n",
                                                 "C:\\x",
                                                 "...",
                                                 "2026-03-31"};
  return texts;
}

Block Holding(const std::string& text) {
  Block root = Block::Map();
  root.At("scalar") = Block::Text(text);
  root.At("deep.list") = Block::Texts({text, "x", text});
  Block entry = Block::Map();
  entry.At("id") = Block::Text(text);
  entry.At("statement") = Block::Text(text);
  entry.At("statement").comments = {"above " + text};
  root.At("entries") = Block::List({entry, entry});
  root.At("entries").comments = {text};
  return root;
}

void ExpectSame(const std::string& text) {
  const std::string written = WriteYaml(Holding(text));
  const auto read = ParseYaml(written, "written");
  ASSERT_TRUE(read.ok()) << ToSentence(read.error()) << "\n" << written.substr(0, 2000);
  const Yaml& root = read.value();
  const auto same = [&](const Yaml* value) {
    ASSERT_NE(value, nullptr);
    EXPECT_TRUE(value->IsScalar());
    EXPECT_TRUE(value->text == text) << written.substr(0, 2000);
    EXPECT_FALSE(value->Number().has_value());
    EXPECT_FALSE(value->Boolean().has_value());
  };
  same(root.Find("scalar"));
  ASSERT_EQ(root.Find("deep")->Find("list")->items.size(), 3U);
  same(&root.Find("deep")->Find("list")->items[2]);
  ASSERT_EQ(root.Find("entries")->items.size(), 2U);
  same(root.Find("entries")->items[1].Find("id"));
  same(root.Find("entries")->items[0].Find("statement"));
}

TEST(YamlWriter, HostileTextsComeBackByteForByte) {
  for (const std::string& text : HostileTexts()) ExpectSame(text);
}

TEST(YamlWriter, RandomTextsComeBackByteForByte) {
  std::mt19937 random(11);
  const std::string signs = "-?:,[]{}#&*!|>'\"%@`\\ \n\t~0aé";
  for (int round = 0; round < 700; ++round) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n) {
      if (random() % 3 == 0) {
        text += HostileTexts()[random() % HostileTexts().size()];
      } else {
        const char c = signs[random() % (signs.size() - 2)];
        text += c;
      }
    }
    ExpectSame(text);
    if (HasFailure()) return;
  }
}

TEST(YamlWriter, AMegabyteComesBack) {
  std::string text;
  while (text.size() < (1U << 20)) text += "a: \"b\" # c, a sentence that goes on and on\n";
  for (const std::string& large : {text, std::string(1U << 20, 'x')}) {
    Block root = Block::Map();
    root.At("scalar") = Block::Text(large);
    root.At("list") = Block::Texts({large});
    const auto read = ParseYaml(WriteYaml(root), "written");
    ASSERT_TRUE(read.ok()) << ToSentence(read.error());
    EXPECT_TRUE(read.value().Text("scalar") == large);
    EXPECT_TRUE(read.value().Find("list")->items[0].text == large);
  }
}

TEST(YamlWriter, NumbersAndDatesStandAsTheyAre) {
  Block root = Block::Map();
  root.At("value") = Block::Plain("0.05");
  root.At("day") = Block::Plain("2026-03-31");
  root.At("yes") = Block::Plain("true");
  root.At("empty") = Block::List();
  EXPECT_EQ(WriteYaml(root), "value: 0.05\nday: 2026-03-31\nyes: true\nempty: []\n");
}

TEST(YamlWriter, CommentsStandAboveAndNeverSwallowAValue) {
  Block root = Block::Map();
  root.At("a") = Block::Plain("1");
  root.At("a").comments = {"one\ntwo: 3", std::string(300, 'w')};
  root.At("missing").comments = {"answer: why?"};
  root.At("b") = Block::Plain("2");
  const auto read = ParseYaml(WriteYaml(root), "written");
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read.value().entries.size(), 2U);
  EXPECT_EQ(read.value().Text("b"), "2");
}

TEST(YamlWriter, WhatWasReadIsWrittenAgain) {
  const std::string text = "a: [1, x, \"2\"]\nb: {c: true, d: \"true\"}\n";
  EXPECT_EQ(WriteYaml(Block::From(ParseYaml(text, "t").value())), text);
}

TEST(YamlWriter, KnowsWellFormedUtf8) {
  for (const std::string& text : HostileTexts()) EXPECT_TRUE(IsUtf8(text));
  for (const char* bad : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xe2\x82", "\xf5\x80\x80\x80", "a\x80"})
    EXPECT_FALSE(IsUtf8(bad));
}

}  // namespace
}  // namespace backcast

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/nearest.h"
#include "base/sha256.h"
#include "base/yaml.h"

namespace backcast {
namespace {

// Vectors: FIPS 180-4 examples; RFC 4231 test case 2.
TEST(Sha256, MatchesTheStandard) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 hash;
  for (int i = 0; i < 1000; ++i) hash.Add(std::string(1000, 'a'));
  EXPECT_EQ(hash.Hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(HmacHex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Nearest, FindsTypingMistakesOnly) {
  const std::vector<std::string> known = {"reach", "reactions", "views", "score"};
  EXPECT_EQ(DidYouMean("reech", known), "did you mean 'reach'?");
  EXPECT_EQ(DidYouMean("scroe", known), "did you mean 'score'?");
  EXPECT_EQ(DidYouMean("banana", known), "");
  EXPECT_EQ(DidYouMean(std::string(1 << 20, 'x'), known), "");
}

std::string Fault(std::string_view text, YamlLimits limits = {}) {
  const auto parsed = ParseYaml(text, "f.yaml", limits);
  return parsed.ok() ? "" : ToSentence(parsed.error());
}

TEST(Yaml, KeepsThePlaceOfEveryValue) {
  const auto root = ParseYaml("a: 1\nb:\n- {c: x, d: \"5\"}\n", "f.yaml");
  ASSERT_TRUE(root.ok());
  const Yaml& item = root.value().Find("b")->items[0];
  EXPECT_EQ(item.Find("c")->place.line, 3);
  EXPECT_EQ(item.Find("c")->place.column, 7);
  EXPECT_EQ(root.value().Find("a")->Number(), 1);
  EXPECT_EQ(item.Find("d")->Number(), std::nullopt) << "a quoted number is text";
}

TEST(Yaml, RefusesWithAPlaceAndAHint) {
  EXPECT_NE(Fault("a: 1\na: 2\n").find("f.yaml:2:1: the key 'a' stands here a second time"),
            std::string::npos);
  EXPECT_NE(Fault("a: &x [1]\nb: *x\n").find("f.yaml:1:4: anchors"), std::string::npos);
  EXPECT_NE(Fault("a: [Is it safe?, two: three, x]\nb: {c").find("f.yaml:"), std::string::npos);
  EXPECT_NE(Fault("a: \xff\n").find("UTF-8"), std::string::npos);
  EXPECT_NE(Fault("a: 1\n---\nb: 2\n").find("second document"), std::string::npos);
  EXPECT_NE(Fault(std::string(5000, '[')).find("nested too deeply"), std::string::npos);
  EXPECT_NE(Fault("a: 1", {.bytes = 2}).find("larger than"), std::string::npos);
  EXPECT_NE(Fault("[1, 2, 3, 4]", {.nodes = 4}).find("too many values"), std::string::npos);
}

}  // namespace
}  // namespace backcast

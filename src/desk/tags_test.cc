// SPDX-License-Identifier: Apache-2.0
#include "desk/tags.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(TagNames, WrittenAndReadAgain) {
  const std::vector<TagName> hostile = {
      {"campaign", "a \"b\" \\ c: [d] # e", {"x\ny", "it's", "\x01\x7F", "€"}}, {"source", "x", {"Twitter"}}};
  const auto text = WithTagNames("", "tags.yaml", hostile);
  ASSERT_TRUE(text.ok()) << ToSentence(text.error());
  const auto read = ReadTagNames(text.value(), "tags.yaml");
  ASSERT_TRUE(read.ok()) << ToSentence(read.error());
  ASSERT_EQ(read.value().size(), 2);
  EXPECT_EQ(read.value()[0].write, hostile[0].write);
  EXPECT_EQ(read.value()[0].instead_of, hostile[0].instead_of);
}

TEST(TagNames, APersonsFileKeepsItsWords) {
  const std::string before =
      "# ours, do not touch\nnames:\n- {field: medium, write: email, instead_of: [E-Mail]}  # since May";
  const auto after = WithTagNames(before, "tags.yaml", {{"campaign", "always_on", {"Always-On"}}});
  ASSERT_TRUE(after.ok()) << ToSentence(after.error());
  EXPECT_EQ(after.value().rfind(before, 0), 0);
  EXPECT_EQ(ReadTagNames(after.value(), "tags.yaml").value().size(), 2);
}

TEST(TagNames, AnotherKindOfFileIsRefusedWithItsPlace) {
  for (const char* text :
       {"names: {a: b}\n", "campaigns: []\n", "names:\n- {field: page, write: a, instead_of: [b]}\n",
        "names:\n- {field: source, write: a}\n", "names: []\n# the end\nnames: []\n", "["}) {
    const auto read = ReadTagNames(text, "tags.yaml");
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_NE(ToSentence(read.error()).find("tags.yaml:"), std::string::npos) << ToSentence(read.error());
  }
  EXPECT_FALSE(WithTagNames("names: [{field: source, write: a, instead_of: [b]}]\n", "tags.yaml",
                            {{"source", "x", {"y"}}})
                   .ok());
}

}  // namespace
}  // namespace backcast

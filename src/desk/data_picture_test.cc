// SPDX-License-Identifier: Apache-2.0
#include "desk/data_picture.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

TEST(DefinitionChanges, NameColumnsThatExistAndSourcesThatAreKnown) {
  std::vector<std::string> platforms;
  const auto changes = ShippedDefinitionChanges(platforms);
  ASSERT_TRUE(changes.ok()) << ToSentence(changes.error());
  const auto schemas = Schemas::Shipped();
  EXPECT_EQ(platforms.size(), changes.value().size());
  EXPECT_FALSE(platforms.empty());
  for (const DefinitionChange& change : changes.value()) {
    const Fact* fact = schemas.value().Find(change.fact);
    ASSERT_NE(fact, nullptr) << change.fact;
    EXPECT_NE(fact->Find("platform"), nullptr) << change.fact;
    EXPECT_FALSE(change.native.empty() || change.columns.empty());
    for (const std::string& column : change.columns)
      EXPECT_NE(fact->Find(column), nullptr) << change.fact << "." << column;
  }
  const Yaml root = ParseYaml(*Embedded("definition_changes.yaml"), "changes").value();
  const Yaml sources = ParseYaml(*Embedded("metrics/sources.yaml"), "sources").value();
  for (const Yaml& item : root.Find("changes")->items) {
    bool known = false;
    for (const Yaml& source : sources.Find("sources")->items)
      known |= source.Text("id") == item.Text("source");
    EXPECT_TRUE(known) << item.Text("source");
    EXPECT_FALSE(item.Text("note").empty());
  }
}

}  // namespace
}  // namespace backcast

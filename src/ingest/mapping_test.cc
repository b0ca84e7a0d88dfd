// SPDX-License-Identifier: Apache-2.0
#include "ingest/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/embedded.h"

namespace backcast {
namespace {

Schemas Facts() { return Schemas::Shipped().value(); }

Result<Mapping> Parse(const std::string& yaml) {
  return ParseMapping(yaml, "mapping.yaml", Facts(), {{"kinds", {{"photos", "photo"}}}});
}

const std::string kGood = R"(id: t
columns: {day: [Day, Tag], n: [Views#2]}
required: [day]
facts:
- fact: account_day
  columns: {platform: {value: x}, account: $account, date: day, views: n}
)";

TEST(Mapping, ShippedOnesAreAllReadable) {
  const auto sources = Sources::Shipped(Facts());
  ASSERT_TRUE(sources.ok()) << ToSentence(sources.error());
  std::set<std::string> ids;
  for (const Mapping& mapping : sources.value().all())
    EXPECT_TRUE(ids.insert(mapping.id).second) << mapping.id;
  for (const EmbeddedFile& file : EmbeddedFiles("sources/")) {
    const std::string folder(file.path.substr(8, file.path.find('/', 8) - 8));
    EXPECT_TRUE(ids.count(folder)) << "folder " << folder << " holds no layout of that id";
  }
  EXPECT_TRUE(ids.count("backcast_post_day"));
}

TEST(Mapping, NamesAreNormalisedAndCounted) {
  const auto mapping = Parse(kGood);
  ASSERT_TRUE(mapping.ok()) << ToSentence(mapping.error());
  EXPECT_THAT(mapping.value().Find("day")->names, testing::ElementsAre("day", "tag"));
  EXPECT_EQ(mapping.value().Find("n")->occurrence, 2);
  EXPECT_EQ(mapping.value().main_fact, "account_day");
}

struct Fault {
  std::string from, to, where, what;
};

TEST(Mapping, FaultsNameLineAndColumn) {
  const std::vector<Fault> faults = {
      {"views: n}", "veiws: n}", "mapping.yaml:6:", "has no column 'veiws'"},
      {"date: day,", "date: dya,", "mapping.yaml:6:", "no column or value is called 'dya'"},
      {"account_day", "acount_day", "mapping.yaml:5:", "there is no fact 'acount_day'"},
      {"date: day, ", "", "mapping.yaml:5:", "needs its key column 'date'"},
      {"required", "requierd", "mapping.yaml:3:1", "unknown word 'requierd'"},
      {"{value: x}", "{vallue: x}", "mapping.yaml:6:", "no step"},
      {"views: n", "views: n, views: day", "mapping.yaml:6", ""},
      {"views: n", "views: {sum: [n, m]}", "mapping.yaml:6:", "'m'"},
      {"platform: {value: x}", "platform: {map: n, by: nothing}",
       "mapping.yaml:6:", "no word list 'nothing'"},
      {"platform: {value: x}", "platform: {match: n, pattern: '('}", "mapping.yaml:6:", "pattern"},
      {"id: t", "id: t\ncounter: weekly", "mapping.yaml:2:", "counter is daily"},
  };
  for (const Fault& fault : faults) {
    std::string yaml = kGood;
    const std::size_t at = yaml.find(fault.from);
    ASSERT_NE(at, std::string::npos) << fault.from;
    yaml.replace(at, fault.from.size(), fault.to);
    const auto mapping = Parse(yaml);
    ASSERT_FALSE(mapping.ok()) << yaml;
    EXPECT_EQ(mapping.error().code, Code::kInput);
    EXPECT_THAT(mapping.error().where, testing::StartsWith(fault.where)) << ToSentence(mapping.error());
    EXPECT_THAT(mapping.error().what, testing::HasSubstr(fault.what)) << ToSentence(mapping.error());
  }
}

TEST(HeaderName, IsEvenedOut) {
  const std::vector<std::pair<std::string, HeaderName>> cases = {
      {"\xEF\xBB\xBF Amount  spent (USD) ", {"amount spent", "USD"}},
      {"MONTANT DÉPENSÉ (EUR)", {"montant dépensé", "EUR"}},
      {"Clicks (all)", {"clicks (all)", ""}},
      {"Cost (€)", {"cost", "EUR"}},
      {"Nom de l\u2019ensemble", {"nom de l'ensemble", ""}},
      {"Watch\u00a0time (hours)", {"watch time (hours)", ""}},
      {"(USD", {"(usd", ""}},
  };
  for (const auto& [cell, expected] : cases) {
    EXPECT_EQ(ReadHeaderName(cell).name, expected.name) << cell;
    EXPECT_EQ(ReadHeaderName(cell).currency, expected.currency) << cell;
  }
}

}  // namespace
}  // namespace backcast

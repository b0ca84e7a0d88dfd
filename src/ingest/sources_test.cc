// SPDX-License-Identifier: Apache-2.0
// Every layout under catalogue/sources has samples and what must come out of them; this test finds the
// folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/yaml.h"
#include "engine/duckdb.h"
#include "ingest/decode.h"
#include "ingest/detect.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string layout;
  Yaml expected;
  std::string folder;
};

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Case> FindCases() {
  std::vector<Case> cases;
  const fs::path root = fs::path(BACKCAST_SOURCE_DIR) / "catalogue/sources";
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    const auto yaml = ParseYaml(ReadText(folder / "expected.yaml"), (folder / "expected.yaml").string());
    EXPECT_TRUE(yaml.ok()) << ToSentence(yaml.error());
    const Yaml* samples = yaml.ok() ? yaml.value().Find("samples") : nullptr;
    EXPECT_NE(samples, nullptr) << folder << " has no samples";
    if (samples == nullptr) continue;
    for (const Yaml& sample : samples->items)
      cases.push_back({folder.filename().string(), sample, folder.string()});
  }
  return cases;
}

class Layouts : public testing::TestWithParam<Case> {
 protected:
  static const Schemas& Facts() {
    static const Schemas facts = Schemas::Shipped().value();
    return facts;
  }
  static const Sources& All() {
    static const Sources sources = Sources::Shipped(Facts()).value();
    return sources;
  }
};

void Compare(const Yaml& expected, const Decoded& decoded, DuckDb& engine) {
  EXPECT_EQ(decoded.rows_read, decoded.rows_kept + decoded.rows_refused);
  EXPECT_EQ(decoded.rows_read, expected.Find("read")->Number().value());
  const Yaml* refused = expected.Find("refused");
  EXPECT_EQ(decoded.rows_refused, refused == nullptr ? 0 : refused->Number().value());
  EXPECT_EQ(decoded.quarantined.size(), static_cast<std::size_t>(decoded.rows_refused));
  for (const Quarantined& row : decoded.quarantined) EXPECT_FALSE(row.reason.empty());
  std::map<std::string, std::string> rows, wanted;
  for (const Staged& staged : decoded.staged) {
    rows[staged.fact] = std::to_string(
        static_cast<int>(engine.Run("select count(*) from " + staged.table).value().columns[0].numbers[0]));
  }
  for (const Yaml::Entry& fact : expected.Find("facts")->entries) wanted[fact.key] = fact.value.text;
  EXPECT_EQ(rows, wanted) << (decoded.quarantined.empty()
                                  ? ""
                                  : decoded.quarantined[0].column + ": " + decoded.quarantined[0].value +
                                        " " + decoded.quarantined[0].reason);
  if (const Yaml* answers = expected.Find("answers")) {
    for (const Yaml& pair : answers->items) {
      const auto answer = engine.Run("select (" + pair.Text("ask") + ")::varchar");
      ASSERT_TRUE(answer.ok()) << pair.Text("ask") << "\n" << ToSentence(answer.error());
      EXPECT_EQ(answer.value().columns[0].words.at(0), pair.Text("is")) << pair.Text("ask");
    }
  }
  const std::string said = testing::PrintToString(decoded.remarks);
  if (const Yaml* remarks = expected.Find("remarks")) {
    for (const std::string& remark : remarks->Texts()) EXPECT_THAT(said, testing::HasSubstr(remark));
  }
  if (const Yaml* silent = expected.Find("silent")) {
    for (const std::string& remark : silent->Texts())
      EXPECT_THAT(said, testing::Not(testing::HasSubstr(remark)));
  }
}

void Check(const Case& it, const Schemas& facts, const Sources& all, const Waiting& waiting) {
  const std::string file = it.expected.Text("file", "sample.csv");
  const std::string named = it.expected.Text("named", file);
  auto opened = OpenRecords((fs::path(it.folder) / file).string());
  ASSERT_TRUE(opened.ok()) << ToSentence(opened.error());
  ASSERT_EQ(opened.value().size(), 1u);
  RecordReader& reader = *opened.value().front();
  const Detection detection = DetectSource(reader.head(), named, all);
  EXPECT_EQ(detection.source, it.layout) << testing::PrintToString(reader.head().header) << " "
                                         << ToSentence(UnknownLayout(detection, reader.head(), named));
  FileWords words;
  if (const Yaml* options = it.expected.Find("options")) {
    words = {options->Text("account"), options->Text("observed"), options->Text("from"),
             options->Text("to"),      options->Text("year"),     options->Text("currency")};
  }
  auto engine = DuckDb::Open({}).value();
  const auto decoded =
      Decode(reader, *all.Find(it.layout), named, words, "salt", facts, *engine, "", {}, waiting);
  ASSERT_TRUE(decoded.ok()) << ToSentence(decoded.error());
  Compare(it.expected, decoded.value(), *engine);
}

TEST_P(Layouts, Sample) { Check(GetParam(), Facts(), All(), {}); }

TEST_P(Layouts, SampleAsALargeFile) {
  std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
  std::replace(name.begin(), name.end(), '/', '_');
  const fs::path folder = fs::temp_directory_path() / ("backcast_" + std::to_string(getpid()) + "_" + name);
  Check(GetParam(), Facts(), All(), {.place = {.folder = folder.string(), .load_id = 1}, .large_from = 0});
  fs::remove_all(folder);
}

std::string NameOf(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.layout + "_" + info.param.expected.Text("file", "sample.csv");
  for (char& c : name) {
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Catalogue, Layouts, testing::ValuesIn(FindCases()), NameOf);

}  // namespace
}  // namespace backcast
